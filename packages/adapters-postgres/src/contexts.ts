import type { Clock, Queries } from '@daftari/application'
import { access } from './access/context.ts'
import { delivery } from './delivery/context.ts'
import { files } from './files/context.ts'
import { history } from './history/context.ts'
import { postgresIdempotencyQueries } from './kernel/idempotency/postgres-idempotency-queries.ts'
import type { Databases, Repositories } from './kernel/unit-of-work/context.ts'
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

export function queriesOf(databases: Databases, clock: Clock): Queries {
  return {
    ...spending.queries(databases),
    ...payables.queries(databases),
    ...settings.queries(databases),
    ...access.queries(databases),
    ...history.queries(databases),
    idempotency: postgresIdempotencyQueries(databases.database, clock),
  }
}
