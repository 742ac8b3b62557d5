import { describe, expect, test } from 'vitest'
import { instant } from '../kernel/calendar/instant.ts'
import { createApiKey, isUsable, type NewApiKey, revokeApiKey } from './api-key.ts'
import type { ApiKeyId } from './ids.ts'

const at = instant(10_000)
const later = instant(20_000)

const given: NewApiKey = {
  id: 'new' as ApiKeyId,
  name: 'Till',
  scopes: ['read'],
  expiresAt: null,
  at,
  by: 'amina',
}

function made(change: Partial<NewApiKey> = {}) {
  return createApiKey({ ...given, ...change }).state
}

describe('making an API key', () => {
  test('gives its first version and says so in one fact without a before', () => {
    const { state, events } = createApiKey(given)
    const recorded = { version: 1, createdAt: at, createdBy: 'amina', updatedAt: at }
    expect(state).toEqual({
      id: 'new',
      name: 'Till',
      scopes: ['read'],
      expiresAt: null,
      revokedAt: null,
      ...recorded,
    })
    expect(events).toEqual([
      {
        type: 'api_key.created',
        aggregateType: 'api_key',
        aggregateId: 'new',
        version: 1,
        at,
        before: null,
        after: state,
      },
    ])
  })

  test('keeps each scope once, in one order', () => {
    expect(made({ scopes: ['admin', 'read', 'admin'] }).scopes).toEqual(['read', 'admin'])
  })

  test.each([at, instant(at - 1)])('refuses to expire at %i, which is not in the future', (expiresAt) => {
    const errors = [
      { pointer: '/expiresAt', code: 'date_invalid', detail: 'the expiry must be in the future' },
    ]
    expect(() => made({ expiresAt })).toThrow(
      expect.objectContaining({ code: 'validation_failed', details: { errors } }),
    )
  })

  test('may expire one millisecond later', () => {
    expect(made({ expiresAt: instant(at + 1) }).expiresAt).toBe(at + 1)
  })
})

describe('revoking an API key', () => {
  test('ends it and says so in one fact with its before', () => {
    const before = made()
    const { state, events } = revokeApiKey(before, later)
    expect(state).toEqual({ ...before, version: 2, revokedAt: later, updatedAt: later })
    expect(events).toEqual([
      {
        type: 'api_key.revoked',
        aggregateType: 'api_key',
        aggregateId: 'new',
        version: 2,
        at: later,
        before,
        after: state,
      },
    ])
  })

  test('finds no key that was revoked before', () => {
    const { state } = revokeApiKey(made(), later)
    expect(() => revokeApiKey(state, later)).toThrow(
      expect.objectContaining({ code: 'not_found', details: { kind: 'api_key', id: 'new' } }),
    )
  })
})

describe('using an API key', () => {
  test('is possible until the moment it expires', () => {
    const key = made({ expiresAt: later })
    expect([instant(later - 1), later, instant(later + 1)].map((now) => isUsable(key, now))).toEqual([
      true,
      false,
      false,
    ])
  })

  test('is possible for ever when it does not expire', () => {
    expect(isUsable(made(), instant(253_402_300_799_999))).toBe(true)
  })

  test('is impossible once it is revoked, whatever the clock says', () => {
    const { state } = revokeApiKey(made({ expiresAt: instant(30_000) }), later)
    expect([at, later].map((now) => isUsable(state, now))).toEqual([false, false])
  })
})
