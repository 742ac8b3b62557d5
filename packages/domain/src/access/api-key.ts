import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import type { Decision } from '../kernel/events/decision.ts'
import { created, type Fact, updated } from '../kernel/events/fact.ts'
import { firstVersion, nextVersion, type Recorded } from '../kernel/identity/recorded.ts'
import type { ApiKeyId } from './ids.ts'

/** What a key may do. No scope includes another: a key that may write but not read is possible. */
export const KEY_SCOPES = ['read', 'write', 'admin'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** Gives a program access to the owner's books. The text of the key and its hash are not part of this state, so no event contains them. */
export interface ApiKey extends Recorded {
  readonly id: ApiKeyId
  readonly name: string
  /** At least one scope. Each scope appears once, in the order of `KEY_SCOPES`. */
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

/** Revokes a key for good. A key that is already revoked is treated as not found. @throws not_found */
export function revokeApiKey(key: ApiKey, at: Instant): Decision<ApiKey, ApiKeyEvent> {
  if (key.revokedAt !== null) throw new DomainError('not_found', { kind: 'api_key', id: key.id })
  const state = nextVersion({ ...key, revokedAt: at }, at)
  return { state, events: [updated('api_key.revoked', 'api_key', key, state)] }
}

/** Whether the key gives access at that moment: it is neither revoked nor expired. */
export function isUsable({ revokedAt, expiresAt }: ApiKey, at: Instant): boolean {
  return revokedAt === null && (expiresAt === null || at < expiresAt)
}

function expiresTooEarly(): DomainError {
  const detail = 'the expiry must be in the future'
  return new DomainError('validation_failed', {
    errors: [{ pointer: '/expiresAt', code: 'date_invalid', detail }],
  })
}
