import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { accessInvariants } from './invariants.ts'
import { postgresAccessQueries, postgresApiKeyQueries } from './postgres-access.ts'
import { postgresApiKeyRepository } from './postgres-api-key-repository.ts'

export const access: PostgresContext<'apiKeys', 'apiKeys' | 'access'> = {
  repositories: {
    apiKeys: postgresApiKeyRepository,
  },
  queries: ({ database }) => ({
    apiKeys: postgresApiKeyQueries(database),
    access: postgresAccessQueries(database),
  }),
  invariants: accessInvariants,
}
