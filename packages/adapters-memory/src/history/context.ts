import type { MemoryContext } from '../kernel/context.ts'
import { memoryFeedQueries, memoryHistoryQueries } from './memory-history-queries.ts'

export const history: MemoryContext<never, 'history' | 'feed'> = {
  repositories: {},
  queries: (store) => ({ history: memoryHistoryQueries(store), feed: memoryFeedQueries(store) }),
}
