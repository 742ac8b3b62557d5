import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import type { Decision } from '../kernel/events/decision.ts'
import { created, type Fact, updated } from '../kernel/events/fact.ts'
import { firstVersion, nextVersion, type Recorded } from '../kernel/identity/recorded.ts'
import type { ApiKeyId } from './ids.ts'

/** What a key may do, from the least to the most. None includes another. */
export const KEY_SCOPES = ['read', 'write', 'admin'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** Lets a program into the owner's books. Neither its text nor the hash of it is part of the state, so no event holds them. */
export interface ApiKey extends Recorded {
  readonly id: ApiKeyId
  readonly name: string
  /** At least one, each once, in the order of `KEY_SCOPES`. */
  readonly scopes: readonly KeyScope[]
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
}

export type ApiKeyEvent = Fact<'api_key.created' | 'api_key.revoked', 'api_key', ApiKey>

export interface NewApiKey {
  readonly id: ApiKeyId
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly expiresAt: Instant | null
  readonly at: Instant
  readonly by: string
}

/** @throws validation_failed */
export function createApiKey({
  id,
  name,
  scopes,
  expiresAt,
  at,
  by,
}: NewApiKey): Decision<ApiKey, ApiKeyEvent> {
  if (expiresAt !== null && expiresAt <= at) throw expiresTooEarly()
  const state: ApiKey = {
    id,
    name,
    scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)),
    expiresAt,
    revokedAt: null,
    ...firstVersion(at, by),
  }
  return { state, events: [created('api_key.created', 'api_key', state)] }
}

/** Ends a key for good; one that was revoked before is as good as absent. @throws not_found */
export function revokeApiKey(key: ApiKey, at: Instant): Decision<ApiKey, ApiKeyEvent> {
  if (key.revokedAt !== null) throw new DomainError('not_found', { kind: 'api_key', id: key.id })
  const state = nextVersion({ ...key, revokedAt: at }, at)
  return { state, events: [updated('api_key.revoked', 'api_key', key, state)] }
}

/** Whether the key opens the books at that moment. */
export function isUsable({ revokedAt, expiresAt }: ApiKey, at: Instant): boolean {
  return revokedAt === null && (expiresAt === null || at < expiresAt)
}

function expiresTooEarly(): DomainError {
  const detail = 'a key expires in the future'
  return new DomainError('validation_failed', {
    errors: [{ pointer: '/expiresAt', code: 'date_invalid', detail }],
  })
}
