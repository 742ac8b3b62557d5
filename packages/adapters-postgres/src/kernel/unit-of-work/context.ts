import type { Queries, Transaction } from '@daftari/application'
import type { ContextInvariants } from '../invariants/context-invariants.ts'
import type { Migration } from '../migrate/migration.ts'
import type { Database } from '../session/database.ts'
import type { PostgresSession } from '../session/postgres-session.ts'

/** How the repositories of a transaction are made. One that the work never asks for is never made. */
export type Repositories = {
  readonly [Name in RepositoryName]: (session: PostgresSession, ownerId: string) => Transaction[Name]
}

export type RepositoryName = Exclude<keyof Transaction, 'events' | 'transact'>

/** Where is asked: `views` may be a replica, which shows a change a moment later. */
export interface Databases {
  readonly database: Database
  readonly views: Database
}

/** What one context keeps in the database: the repositories and queries that it fills, its schema, and what holds there. */
export interface PostgresContext<
  Repository extends RepositoryName = never,
  Query extends keyof Queries = never,
> {
  readonly repositories: Pick<Repositories, Repository>
  readonly queries: (databases: Databases) => Pick<Queries, Query>
  /** Its steps of the schema. */
  readonly migrations?: readonly Migration[]
  /** What must always hold of its records. */
  readonly invariants: ContextInvariants
}
