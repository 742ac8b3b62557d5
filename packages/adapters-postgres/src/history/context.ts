import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { historyInvariants } from './invariants.ts'
import { epochMigration } from './migrations/0006-epoch.ts'
import { postgresFeedQueries } from './postgres-feed-queries.ts'
import { postgresHistoryQueries } from './postgres-history-queries.ts'

export const history: PostgresContext<never, 'history' | 'feed'> = {
  repositories: {},
  queries: ({ database }) => ({
    history: postgresHistoryQueries(database),
    feed: postgresFeedQueries(database),
  }),
  migrations: [epochMigration],
  invariants: historyInvariants,
}
