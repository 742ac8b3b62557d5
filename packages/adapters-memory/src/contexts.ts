import type { Clock, Queries } from '@daftari/application'
import { access } from './access/context.ts'
import { delivery } from './delivery/context.ts'
import { files } from './files/context.ts'
import { history } from './history/context.ts'
import type { Repositories } from './kernel/context.ts'
import { memoryIdempotencyQueries } from './kernel/idempotency.ts'
import type { MemoryStore } from './memory-books.ts'
import { payables } from './payables/context.ts'
import { settings } from './settings/context.ts'
import { spending } from './spending/context.ts'

// The lists that must be complete are closed here: a port that no context fills does not compile.

export const repositories: Repositories = {
  ...spending.repositories,
  ...payables.repositories,
  ...files.repositories,
  ...settings.repositories,
  ...access.repositories,
  ...delivery.repositories,
}

export function memoryQueries(store: MemoryStore, clock: Clock): Queries {
  return {
    ...spending.queries(store, clock),
    ...payables.queries(store, clock),
    ...settings.queries(store, clock),
    ...access.queries(store, clock),
    ...history.queries(store, clock),
    idempotency: memoryIdempotencyQueries(store, clock),
  }
}
