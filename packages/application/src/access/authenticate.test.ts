import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { type Books, createBooks, type Ports, type Scope } from '../index.ts'

const scope: Scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }
const stranger: Scope = { ownerId: '01890000-0000-7000-8000-00000000000b', actorId: 'bakari' }

function open() {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const memory = createMemoryAdapters({ clock })
  const lookUps: string[] = []
  const ports: Ports = {
    ...memory,
    queries: {
      ...memory.queries,
      access: {
        async findKeyByHash(hash) {
          lookUps.push(hash)
          return memory.queries.access.findKeyByHash(hash)
        },
      },
    },
  }
  const [here, elsewhere] = [createBooks(ports), createBooks(memory)]
  return { clock, memory, ports, lookUps, here, elsewhere }
}

async function keyOf(books: Books, input: { expiresAt?: string } = {}) {
  return books.access.createKey(scope, { name: 'Till', scopes: ['read', 'write'], ...input })
}

describe('a key', () => {
  test('opens the books of its owner, with its scopes', async () => {
    const { here } = open()
    const { id, key } = await keyOf(here)
    const theirs = await here.access.createKey(stranger, { name: 'Till', scopes: ['admin'] })
    expect(await here.access.authenticate(key)).toEqual({
      ownerId: scope.ownerId,
      actorId: `key:${id}`,
      scopes: ['read', 'write'],
    })
    expect(await here.access.authenticate(theirs.key)).toMatchObject({
      ownerId: stranger.ownerId,
      scopes: ['admin'],
    })
  })

  test('is refused when it is unknown, though it was made well', async () => {
    const { here, lookUps } = open()
    await keyOf(here)
    expect(await here.access.authenticate(`dft_${'A'.repeat(43)}`)).toBeNull()
    expect(lookUps).toHaveLength(1)
  })

  test('is refused without a look-up when it is malformed', async () => {
    const { here, lookUps } = open()
    const { key } = await keyOf(here)
    for (const text of [
      '',
      key.slice(0, -1),
      `${key}A`,
      key.toUpperCase(),
      `Bearer ${key}`,
      'x'.repeat(1e6),
    ]) {
      expect(await here.access.authenticate(text)).toBeNull()
    }
    expect(lookUps).toEqual([])
  })

  test('is looked up by its hash: its text goes nowhere', async () => {
    const { here, lookUps, ports } = open()
    const { key } = await keyOf(here)
    await here.access.authenticate(key)
    expect(lookUps).toEqual([ports.hashing.sha256(key)])
  })

  test('is refused from the moment it expires, also while it is known', async () => {
    const { here, clock, lookUps } = open()
    const { key } = await keyOf(here, { expiresAt: '2026-11-21T09:00:02.000Z' })
    clock.advance(1_999)
    expect(await here.access.authenticate(key)).not.toBeNull()
    clock.advance(1)
    expect(await here.access.authenticate(key)).toBeNull()
    expect(lookUps).toHaveLength(1)
  })

  test('is looked up once in five seconds', async () => {
    const { here, clock, lookUps } = open()
    const { key } = await keyOf(here)
    await Promise.all([here.access.authenticate(key), here.access.authenticate(key)])
    clock.advance(4_999)
    await here.access.authenticate(key)
    expect(lookUps).toHaveLength(1)
    clock.advance(1)
    await here.access.authenticate(key)
    expect(lookUps).toHaveLength(2)
  })

  test('is looked up again when the clock is set back', async () => {
    const { here, clock, lookUps } = open()
    const { key } = await keyOf(here)
    await here.access.authenticate(key)
    clock.advance(-3_600_000)
    await here.access.authenticate(key)
    expect(lookUps).toHaveLength(2)
  })

  test('opens at once though it was tried before it was there', async () => {
    const { here, memory } = open()
    const text = `dft_${'B'.repeat(42)}A`
    expect(await here.access.authenticate(text)).toBeNull()
    const made = { ...memory, random: { bytes: () => Buffer.from(text.slice(4), 'base64url') } }
    expect(await keyOf(createBooks(made))).toMatchObject({ key: text })
    expect(await here.access.authenticate(text)).not.toBeNull()
  })

  test('opens again as soon as the look-up works again', async () => {
    const { memory } = open()
    let isDown = true
    const findKeyByHash: Ports['queries']['access']['findKeyByHash'] = async (hash) => {
      if (isDown) throw new Error('no connection')
      return memory.queries.access.findKeyByHash(hash)
    }
    const books = createBooks({ ...memory, queries: { ...memory.queries, access: { findKeyByHash } } })
    const { key } = await keyOf(books)
    await expect(books.access.authenticate(key)).rejects.toThrow('no connection')
    isDown = false
    expect(await books.access.authenticate(key)).not.toBeNull()
  })
})

describe('a revoked key (F85)', () => {
  test('opens nothing from the answer on, where it was revoked', async () => {
    const { here } = open()
    const { id, key } = await keyOf(here)
    expect(await here.access.authenticate(key)).not.toBeNull()
    await here.access.revokeKey(scope, { keyId: id })
    expect(await here.access.authenticate(key)).toBeNull()
  })

  test('opens nothing after five seconds elsewhere', async () => {
    const { here, elsewhere, clock } = open()
    const { id, key } = await keyOf(here)
    await here.access.authenticate(key)
    await elsewhere.access.revokeKey(scope, { keyId: id })
    clock.advance(5_000)
    expect(await here.access.authenticate(key)).toBeNull()
  })

  test('opens nothing though it was being looked up when it was revoked', async () => {
    const { memory } = open()
    const { promise: revoked, resolve: goOn } = Promise.withResolvers<void>()
    const findKeyByHash: Ports['queries']['access']['findKeyByHash'] = async (hash) => {
      const found = await memory.queries.access.findKeyByHash(hash)
      await revoked
      return found
    }
    const books = createBooks({ ...memory, queries: { ...memory.queries, access: { findKeyByHash } } })
    const { id, key } = await keyOf(books)
    const before = books.access.authenticate(key)
    await books.access.revokeKey(scope, { keyId: id })
    const after = books.access.authenticate(key)
    goOn()
    expect(await before).not.toBeNull()
    expect(await after).toBeNull()
    expect(await books.access.authenticate(key)).toBeNull()
  })

  test('opens nothing when the answer to its revocation was lost', async () => {
    const { memory } = open()
    const unitOfWork: Ports['unitOfWork'] = {
      async transact(scope, work) {
        const result = await memory.unitOfWork.transact(scope, work)
        if (isLost) throw new Error('connection lost after the commit')
        return result
      },
    }
    let isLost = false
    const books = createBooks({ ...memory, unitOfWork })
    const { id, key } = await keyOf(books)
    await books.access.authenticate(key)
    isLost = true
    await expect(books.access.revokeKey(scope, { keyId: id })).rejects.toThrow('after the commit')
    expect(await books.access.authenticate(key)).toBeNull()
  })
})

describe('the last use of a key', () => {
  async function lastUse(books: Books): Promise<string | null | undefined> {
    return (await books.access.listKeys(scope)).data[0]?.lastUsedAt
  }

  test('is noted at the first use and then once a minute', async () => {
    const { here, clock } = open()
    const { key } = await keyOf(here)
    expect(await lastUse(here)).toBeNull()
    await here.access.authenticate(key)
    expect(await lastUse(here)).toBe('2026-11-21T09:00:00.000Z')
    clock.advance(59_999)
    await here.access.authenticate(key)
    expect(await lastUse(here)).toBe('2026-11-21T09:00:00.000Z')
    clock.advance(1)
    await here.access.authenticate(key)
    expect(await lastUse(here)).toBe('2026-11-21T09:01:00.000Z')
  })

  test('is noted by whichever process comes first, and by each once', async () => {
    const { memory } = open()
    const notes: string[] = []
    const processNamed = (name: string): Books => {
      const keyUses: Ports['keyUses'] = {
        async note(...use) {
          notes.push(name)
          await memory.keyUses.note(...use)
        },
      }
      return createBooks({ ...memory, keyUses })
    }
    const [one, other] = [processNamed('one'), processNamed('other')]
    const { key } = await keyOf(one)
    await one.access.authenticate(key)
    await one.access.authenticate(key)
    await other.access.authenticate(key)
    expect(notes).toEqual(['one'])
  })

  test('is not noted for a key that is refused', async () => {
    const { here, clock } = open()
    const { key } = await keyOf(here, { expiresAt: '2026-11-21T09:00:01.000Z' })
    clock.advance(1_000)
    await here.access.authenticate(key)
    expect(await lastUse(here)).toBeNull()
  })

  test('is no version and no event of the key', async () => {
    const { here, memory } = open()
    const { id, key } = await keyOf(here)
    await here.access.authenticate(key)
    const page = { before: null, limit: 10 }
    expect((await here.access.listKeys(scope)).data[0]?.version).toBe(1)
    expect(await memory.queries.history.list(scope.ownerId, 'api_key', id, page)).toHaveLength(1)
    await here.access.revokeKey(scope, { keyId: id })
  })

  test('shuts nobody out when it cannot be noted', async () => {
    const { memory } = open()
    const keyUses = {
      async note(): Promise<void> {
        throw new Error('disk full')
      },
    }
    const books = createBooks({ ...memory, keyUses })
    const { key } = await keyOf(books)
    expect(await books.access.authenticate(key)).not.toBeNull()
  })
})
