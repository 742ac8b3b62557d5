import { type ApiKeyId, createApiKey as decide } from '@daftari/domain'
import { parse } from '../kernel/input/parse.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Ports } from '../ports.ts'
import {
  apiKeyJson,
  type CreateApiKeyInput,
  type CreatedApiKeyView,
  createApiKeyInput,
} from './api-key-shapes.ts'
import { newKeyText } from './key-text.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids' | 'random' | 'hashing'>

/** Creates an API key. Only this answer contains the text of the key; the store keeps its hash. @throws validation_failed */
export function createApiKey({ unitOfWork, clock, ids, random, hashing }: Deps) {
  return async function createApiKey(
    scope: TransactionScope,
    input: CreateApiKeyInput,
  ): Promise<CreatedApiKeyView> {
    const { expiresAt = null, ...given } = parse(createApiKeyInput, input)
    const text = newKeyText(random)
    return unitOfWork.transact(scope, async (tx) => {
      const made = { id: ids.next<ApiKeyId>(), at: clock.now(), by: scope.actorId }
      const { state, events } = decide({ ...given, expiresAt, ...made })
      tx.apiKeys.insert(state, hashing.sha256(text))
      tx.events.append(events)
      return { ...apiKeyJson({ key: state, lastUsedAt: null }), key: text }
    })
  }
}
