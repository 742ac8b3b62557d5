import type { Transaction } from '@daftari/application'
import { type ApiKey, type ApiKeyId, instant, type Owner, revokeApiKey } from '@daftari/domain'
import { describe, expect, test } from 'vitest'
import { createMemoryAdapters } from '../memory-adapters.ts'

const amina = '01890000-0000-7000-8000-00000000000a'
const bakari = '01890000-0000-7000-8000-00000000000b'
const at = instant(1_000)

function keyOf(last: number): ApiKey {
  return {
    id: `01890000-0000-7000-8000-00000000010${last}` as ApiKeyId,
    name: 'Till',
    scopes: ['read'],
    expiresAt: null,
    revokedAt: null,
    version: 1,
    createdAt: at,
    createdBy: 'amina',
    updatedAt: at,
  }
}

function open() {
  const memory = createMemoryAdapters()
  const write = (ownerId: string, work: (tx: Transaction) => void) =>
    memory.unitOfWork.transact({ ownerId, actorId: 'amina', idempotency: null }, async (tx) => work(tx))
  return { ...memory, write }
}

describe('API keys in memory', () => {
  test('are found by their hash, whoever they belong to', async () => {
    const { queries, write } = open()
    await write(amina, (tx) => tx.apiKeys.insert(keyOf(1), 'hash 1'))
    await write(bakari, (tx) => tx.apiKeys.insert(keyOf(2), 'hash 2'))
    expect(await queries.access.findKeyByHash('hash 2')).toEqual({
      ownerId: bakari,
      key: keyOf(2),
      lastUsedAt: null,
    })
    expect(await queries.access.findKeyByHash('hash 3')).toBeNull()
  })

  test('never share a hash, be it across owners or within one transaction', async () => {
    const { queries, write } = open()
    await write(amina, (tx) => tx.apiKeys.insert(keyOf(1), 'hash 1'))
    await expect(write(bakari, (tx) => tx.apiKeys.insert(keyOf(2), 'hash 1'))).rejects.toThrow('this hash')
    const twice = write(bakari, (tx) => {
      tx.apiKeys.insert(keyOf(3), 'hash 2')
      tx.apiKeys.insert(keyOf(4), 'hash 2')
    })
    await expect(twice).rejects.toThrow('this hash')
    expect(await queries.apiKeys.list(bakari, { after: null, limit: 10 })).toEqual([])
  })

  test('are not changed from a stale version', async () => {
    const { queries, write } = open()
    const { state } = revokeApiKey(keyOf(1), at)
    await write(amina, (tx) => tx.apiKeys.insert(keyOf(1), 'hash 1'))
    await expect(write(amina, (tx) => tx.apiKeys.update(state, 2))).rejects.toMatchObject({
      code: 'concurrent_change',
      details: { kind: 'api_key', id: keyOf(1).id },
    })
    expect(await queries.access.findKeyByHash('hash 1')).toMatchObject({ key: { revokedAt: null } })
  })

  test('remember the latest use that was noted', async () => {
    const { queries, keyUses, write } = open()
    await write(amina, (tx) => tx.apiKeys.insert(keyOf(1), 'hash 1'))
    for (const moment of [2_000, 3_000, 2_500]) {
      await keyUses.note(amina, keyOf(1).id, instant(moment))
    }
    expect(await queries.access.findKeyByHash('hash 1')).toMatchObject({ lastUsedAt: 3_000 })
  })

  test('take no note of a use in the books of another owner', async () => {
    const { queries, keyUses, write } = open()
    await write(amina, (tx) => tx.apiKeys.insert(keyOf(1), 'hash 1'))
    await keyUses.note(bakari, keyOf(1).id, at)
    expect(await queries.access.findKeyByHash('hash 1')).toMatchObject({ lastUsedAt: null })
  })
})

describe('owners in memory', () => {
  const owner = {
    id: amina,
    name: 'Amina',
    timeZone: 'Africa/Nairobi',
    createdAt: at,
    createdBy: 'cli',
  } as Owner

  test('are created once', async () => {
    const { owners } = open()
    await owners.create(owner)
    await expect(owners.create({ ...owner, name: 'Other' })).rejects.toThrow('is stored already')
    expect(await owners.find(amina)).toEqual(owner)
  })

  test('are not those whose books were merely looked at', async () => {
    const { owners, queries } = open()
    await queries.settings.get(bakari)
    expect(await owners.find(bakari)).toBeNull()
    expect(await owners.list({ after: null, limit: 10 })).toEqual([])
  })
})
