import type { Clock, FeedQueries, HistoryQueries, IdempotencyQueries, Queries } from '@daftari/application'
import { memoryAccessQueries, memoryApiKeyQueries } from './memory-access.ts'
import { type MemoryStore, settingsOf } from './memory-books.ts'
import { memoryCategoryQueries } from './memory-category-queries.ts'
import { memoryExpenseQueries } from './memory-expense-queries.ts'
import { memoryInvoiceQueries } from './memory-invoice-queries.ts'

export function memoryQueries(store: MemoryStore, clock: Clock): Queries {
  return {
    categories: memoryCategoryQueries(store),
    expenses: memoryExpenseQueries(store),
    invoices: memoryInvoiceQueries(store),
    settings: { get: async (ownerId) => settingsOf(store(ownerId), ownerId) },
    apiKeys: memoryApiKeyQueries(store),
    access: memoryAccessQueries(store),
    history: memoryHistoryQueries(store),
    feed: memoryFeedQueries(store),
    idempotency: memoryIdempotencyQueries(store, clock),
  }
}

function memoryHistoryQueries(store: MemoryStore): HistoryQueries {
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

/** A position is how many events of the owner came before. */
function memoryFeedQueries(store: MemoryStore): FeedQueries {
  return {
    async list(ownerId, { after, types, limit }) {
      return [...store(ownerId).feed.values()]
        .map((record, index) => ({ position: String(index + 1), record }))
        .slice(Number(after ?? 0))
        .filter(({ record }) => types.includes(record.type))
        .slice(0, limit)
    },
  }
}

function memoryIdempotencyQueries(store: MemoryStore, clock: Clock): IdempotencyQueries {
  return {
    async find(ownerId, key) {
      const stored = store(ownerId).results.get(key)
      return stored !== null && stored.expiresAt > clock.now() ? stored : null
    },
  }
}
