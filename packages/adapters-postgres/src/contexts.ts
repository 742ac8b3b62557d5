import { type Clock, merged, type Queries } from '@daftari/application'
import * as contexts from './context-list.ts'
import { postgresIdempotencyQueries } from './kernel/idempotency/postgres-idempotency-queries.ts'
import type { Databases, Repositories } from './kernel/unit-of-work/context.ts'

// This file makes the lists that must be complete. A port that no context implements does not compile.

type Contexts = typeof contexts
type ContextQueries = ReturnType<Contexts[keyof Contexts]['queries']>

const all = Object.values(contexts)

export const repositories: Repositories = merged(all.map((context) => context.repositories))

export function queriesOf(databases: Databases, clock: Clock): Queries {
  return {
    ...merged<ContextQueries>(all.map((context) => context.queries(databases))),
    idempotency: postgresIdempotencyQueries(databases.database, clock),
  }
}
