import type { FeedQueries, HistoryQueries } from '@daftari/application'
import type { MemoryStore } from '../memory-books.ts'

export function memoryHistoryQueries(store: MemoryStore): HistoryQueries {
  return {
    async list(ownerId, aggregateType, aggregateId, { before, limit }) {
      return (store(ownerId).events.get(aggregateId) ?? [])
        .filter((record) => record.aggregateType === aggregateType)
        .filter((record) => before === null || record.aggregateVersion < before)
        .toReversed()
        .slice(0, limit)
    },
  }
}

/** There is a single epoch, because books in memory are never restored from a dump. */
const EPOCH = 'memory'

/** A position is the number of earlier events of the owner. */
export function memoryFeedQueries(store: MemoryStore): FeedQueries {
  return {
    epoch: async () => EPOCH,
    async list(ownerId, { after, types, limit }) {
      return [...store(ownerId).feed.values()]
        .map((record, index) => ({ position: String(index + 1), record }))
        .slice(Number(after ?? 0))
        .filter(({ record }) => types.includes(record.type))
        .slice(0, limit)
    },
  }
}
