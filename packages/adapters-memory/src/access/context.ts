import type { MemoryContext } from '../kernel/context.ts'
import { memoryAccessQueries, memoryApiKeyQueries } from './memory-access.ts'
import { memoryApiKeyRepository } from './memory-api-key-repository.ts'

export const access: MemoryContext<'apiKeys', 'apiKeys' | 'access'> = {
  repositories: { apiKeys: ({ session, store }) => memoryApiKeyRepository(session, store) },
  queries: (store) => ({ apiKeys: memoryApiKeyQueries(store), access: memoryAccessQueries(store) }),
}
