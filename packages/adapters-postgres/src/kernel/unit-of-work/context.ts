import type { Queries, Transaction } from '@daftari/application'
import type { ContextInvariants } from '../invariants/context-invariants.ts'
import type { Migration } from '../migrate/migration.ts'
import type { Database } from '../session/database.ts'
import type { PostgresSession } from '../session/postgres-session.ts'

/** The factories of the repositories of a transaction. A repository is made on first use. */
export type Repositories = {
  readonly [Name in RepositoryName]: (session: PostgresSession, ownerId: string) => Transaction[Name]
}

export type RepositoryName = Exclude<keyof Transaction, 'events' | 'transact'>

/** The databases for reads. `views` may be a replica, which shows a change a moment later. */
export interface Databases {
  readonly database: Database
  readonly views: Database
}

/** Everything of one context in the database: its repositories, queries, migrations and invariants. */
export interface PostgresContext<
  Repository extends RepositoryName = never,
  Query extends keyof Queries = never,
> {
  readonly repositories: Pick<Repositories, Repository>
  readonly queries: (databases: Databases) => Pick<Queries, Query>
  /** The migrations of the context. */
  readonly migrations?: readonly Migration[]
  /** The invariants of its records. */
  readonly invariants: ContextInvariants
}
