import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { createBooks, isReplay, type Scope } from '../index.ts'

const scope: Scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }
const stranger: Scope = { ownerId: '01890000-0000-7000-8000-00000000000b', actorId: 'bakari' }

async function openWithKey() {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const ports = createMemoryAdapters({ clock })
  const books = createBooks(ports)
  const { id: keyId, key } = await books.access.createKey(scope, { name: 'Till', scopes: ['read'] })
  const revocations = async () => {
    const page = { before: null, limit: 10 }
    const records = await ports.queries.history.list(scope.ownerId, 'api_key', keyId, page)
    return records.filter(({ type }) => type === 'api_key.revoked')
  }
  return { clock, ports, books, keyId, key, revocations }
}

describe('revoking an API key', () => {
  test('takes it off the list and says who ended it, and when', async () => {
    const { clock, books, keyId, revocations } = await openWithKey()
    clock.advance(1_000)
    expect(await books.access.revokeKey({ ...scope, actorId: 'juma' }, { keyId })).toEqual({})
    expect((await books.access.listKeys(scope)).data).toEqual([])
    const [record, ...others] = await revocations()
    expect(others).toEqual([])
    expect(record).toMatchObject({ aggregateVersion: 2, actorId: 'juma' })
    expect(JSON.parse(record?.body ?? '').data).toMatchObject({
      before: { version: 1, revokedAt: null },
      after: { version: 2, revokedAt: '2026-11-21T09:00:01.000Z' },
    })
  })

  test('finds nothing the second time', async () => {
    const { books, keyId, revocations } = await openWithKey()
    await books.access.revokeKey(scope, { keyId })
    await expect(books.access.revokeKey(scope, { keyId })).rejects.toMatchObject({ code: 'not_found' })
    expect(await revocations()).toHaveLength(1)
  })

  test('finds nothing when another revocation was faster', async () => {
    const { books, keyId, revocations } = await openWithKey()
    const outcomes = await Promise.allSettled([
      books.access.revokeKey(scope, { keyId }),
      books.access.revokeKey(scope, { keyId }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refusal = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(refusal?.reason).toMatchObject({ code: 'not_found', details: { kind: 'api_key', id: keyId } })
    expect(await revocations()).toHaveLength(1)
  })

  test('answers again under the same idempotency key', async () => {
    const { books, keyId } = await openWithKey()
    const keyed = { ...scope, idempotencyKey: 'once' }
    await books.access.revokeKey(keyed, { keyId })
    expect(isReplay(await books.access.revokeKey(keyed, { keyId }))).toBe(true)
  })

  test.each(['01890000-0000-7000-8000-ffffffffffff', 'no id'])('finds nothing under %s', async (keyId) => {
    const { books } = await openWithKey()
    await expect(books.access.revokeKey(scope, { keyId })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('finds no key of another owner, which goes on working (F79)', async () => {
    const { books, keyId, key } = await openWithKey()
    await expect(books.access.revokeKey(stranger, { keyId })).rejects.toMatchObject({ code: 'not_found' })
    expect(await books.access.authenticate(key)).not.toBeNull()
  })

  test('leaves what lies beside the key as it was', async () => {
    const { ports, books, keyId, key } = await openWithKey()
    await books.access.authenticate(key)
    await books.access.revokeKey(scope, { keyId })
    expect(await ports.queries.access.findKeyByHash(ports.hashing.sha256(key))).toMatchObject({
      ownerId: scope.ownerId,
      key: { version: 2 },
      lastUsedAt: Date.parse('2026-11-21T09:00:00.000Z'),
    })
  })
})
