import { type Clock, merged, type Queries } from '@daftari/application'
import * as contexts from './context-list.ts'
import type { Repositories } from './kernel/context.ts'
import { memoryIdempotencyQueries } from './kernel/idempotency.ts'
import type { MemoryStore } from './memory-books.ts'

// This file makes the lists that must be complete. A port that no context implements does not compile.

type Contexts = typeof contexts
type ContextQueries = ReturnType<Contexts[keyof Contexts]['queries']>

const all = Object.values(contexts)

export const repositories: Repositories = merged(all.map((context) => context.repositories))

export function memoryQueries(store: MemoryStore, clock: Clock): Queries {
  return {
    ...merged<ContextQueries>(all.map((context) => context.queries(store, clock))),
    idempotency: memoryIdempotencyQueries(store, clock),
  }
}
