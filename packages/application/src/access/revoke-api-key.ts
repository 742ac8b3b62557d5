import { type ApiKeyId, DomainError, revokeApiKey as decide, isDomainError } from '@daftari/domain'
import { found, idOf } from '../kernel/input/found.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Ports } from '../ports.ts'
import type { ApiKeyTarget } from './api-key-shapes.ts'
import type { KnownKeys } from './known-keys.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock'> & { readonly keys: KnownKeys }

/** Revokes a key for good. From now on it gives no access. @throws not_found */
export function revokeApiKey({ unitOfWork, clock, keys }: Deps) {
  return async function revokeApiKey(
    scope: TransactionScope,
    { keyId }: ApiKeyTarget,
  ): Promise<Record<string, never>> {
    const id = idOf<ApiKeyId>('api_key', keyId)
    try {
      return await unitOfWork.transact(scope, async (tx) => {
        const key = found('api_key', id, await tx.apiKeys.find(id))
        const { state, events } = decide(key, clock.now())
        tx.apiKeys.update(state, key.version)
        tx.events.append(events)
        return {}
      })
    } catch (failure) {
      // Only a revocation changes a key, so a concurrent change means that it was revoked already.
      if (!isDomainError(failure, 'concurrent_change')) throw failure
      throw new DomainError('not_found', { kind: 'api_key', id }, { cause: failure })
    } finally {
      // After a failure too, since the outcome of a commit can be unknown.
      keys.forgetAll()
    }
  }
}
