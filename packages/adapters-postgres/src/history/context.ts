import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { postgresFeedQueries } from './postgres-feed-queries.ts'
import { postgresHistoryQueries } from './postgres-history-queries.ts'

export const history: PostgresContext<never, 'history' | 'feed'> = {
  repositories: {},
  queries: ({ database }) => ({
    history: postgresHistoryQueries(database),
    feed: postgresFeedQueries(database),
  }),
}
