import type { ApiKey, ApiKeyEvent, Owner, OwnerId, TimeZone } from '@daftari/domain'
import { fact, type RecordChange } from '../kernel/fact.ts'
import { at, freshId } from '../kernel/fresh.ts'

/** A key that may read and never expires. */
export function anApiKey(overrides: Partial<ApiKey> = {}): ApiKey {
  return {
    id: freshId(),
    name: 'Till',
    scopes: ['read'],
    expiresAt: null,
    revokedAt: null,
    version: 1,
    createdAt: at('2026-11-21T09:00:00.000Z'),
    createdBy: 'a-tester',
    updatedAt: at('2026-11-21T09:00:00.000Z'),
    ...overrides,
  }
}

/** An owner in Nairobi, whose time zone no default names. */
export function anOwner(overrides: Partial<Owner> = {}): Owner {
  return {
    id: freshId<OwnerId>(),
    name: 'Duka la Amina',
    timeZone: 'Africa/Nairobi' as TimeZone,
    createdAt: at('2026-11-21T09:00:00.000Z'),
    createdBy: 'a-tester',
    ...overrides,
  }
}

export function apiKeyEvent(type: ApiKeyEvent['type'], change: RecordChange<ApiKey>): ApiKeyEvent {
  return fact(type, 'api_key', change)
}
