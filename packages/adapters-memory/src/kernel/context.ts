import type { Clock, Queries, Transaction } from '@daftari/application'
import type { MemoryStore } from '../memory-books.ts'
import type { MemorySession } from './memory-session.ts'
import type { HeldLock } from './owner-locks.ts'

/** The dependencies of a repository. */
export interface TransactionParts {
  readonly session: MemorySession
  readonly ownerId: string
  readonly store: MemoryStore
  readonly lock: HeldLock
  readonly clock: Clock
}

export type RepositoryName = Exclude<keyof Transaction, 'events' | 'transact'>

export type Repositories = {
  readonly [Name in RepositoryName]: (parts: TransactionParts) => Transaction[Name]
}

/** The repositories and queries of one context. */
export interface MemoryContext<
  Repository extends RepositoryName = never,
  Query extends keyof Queries = never,
> {
  readonly repositories: Pick<Repositories, Repository>
  readonly queries: (store: MemoryStore, clock: Clock) => Pick<Queries, Query>
}
