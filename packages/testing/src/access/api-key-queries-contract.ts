import assert from 'node:assert/strict'
import type { ApiKeyId } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { type OwnerBooks, otherBooks } from '../kernel/steps.ts'
import { freshHash, keyOfHash, listedKey, listedKeys, storedKey } from './key-steps.ts'

const LATER = at('2026-11-21T10:00:00.000Z')
const LONG_AGO = at('2020-01-01T00:00:00Z')

async function walked({ ports, ownerId }: OwnerBooks, limit: number): Promise<ApiKeyId[]> {
  const ids: ApiKeyId[] = []
  let after: { key: string; id: string } | null = null
  for (let pages = 0; pages < 4; pages += 1) {
    const page = await ports.queries.apiKeys.list(ownerId, { after, limit })
    ids.push(...page.map(({ key }) => key.id))
    const last = page.at(-1)?.key.id
    if (last === undefined) break
    after = { key: last, id: last }
  }
  return ids
}

/** What is asked of API keys. */
export const apiKeyQueriesContract: Contract = {
  name: 'API key queries',
  cases: [
    {
      name: 'lists API keys newest id first, page by page, without gaps or duplicates',
      async run(harness) {
        const ids = [1, 2, 3, 4, 5].map(() => freshId<ApiKeyId>())
        for (const id of ids) await storedKey(harness, { id })
        assert.deepEqual(await walked(harness, 2), ids.toReversed())
      },
    },
    {
      name: 'lists API keys with the stored fields',
      async run(harness) {
        const key = await storedKey(harness, { name: 'Kasha', scopes: ['write', 'admin'] })
        assert.deepEqual(
          (await listedKeys(harness)).map((listed) => listed.key),
          [key],
        )
      },
    },
    {
      name: 'lists no revoked API key',
      async run(harness) {
        const { id } = await storedKey(harness)
        await storedKey(harness, { revokedAt: LATER })
        assert.deepEqual(
          (await listedKeys(harness)).map(({ key }) => key.id),
          [id],
        )
      },
    },
    {
      name: 'lists API keys that have expired',
      async run(harness) {
        const key = await storedKey(harness, { expiresAt: LONG_AGO })
        assert.equal((await listedKey(harness, key))?.key.expiresAt, LONG_AGO)
      },
    },
    {
      name: 'lists an unused API key with null as its last use',
      async run(harness) {
        assert.equal((await listedKey(harness, await storedKey(harness)))?.lastUsedAt, null)
      },
    },
  ],
}

/** Whose books a key opens. */
export const accessQueriesContract: Contract = {
  name: 'access queries',
  cases: [
    {
      name: 'finds an API key of any owner by its hash, and gives the owner',
      async run(harness) {
        for (const desk of [harness, otherBooks(harness)]) {
          const hash = freshHash(desk)
          const key = await storedKey(desk, {}, hash)
          const expected = { ownerId: desk.ownerId, key, lastUsedAt: null }
          assert.deepEqual(await keyOfHash(harness, hash), expected)
        }
      },
    },
    {
      name: 'finds null for a hash that no API key has',
      async run(harness) {
        await storedKey(harness)
        assert.equal(await harness.ports.queries.access.findKeyByHash(freshHash(harness)), null)
      },
    },
    {
      name: 'finds an API key only by its exact hash',
      async run(harness) {
        const hash = `${freshHash(harness)}a`
        await storedKey(harness, {}, hash)
        for (const other of [hash.slice(0, -1), hash.toUpperCase(), `${hash} `, '%', '']) {
          assert.equal(await keyOfHash(harness, other), null, other)
        }
      },
    },
    {
      name: 'finds a revoked API key by its hash',
      async run(harness) {
        const hash = freshHash(harness)
        await storedKey(harness, { revokedAt: LATER }, hash)
        assert.equal((await keyOfHash(harness, hash))?.key.revokedAt, LATER)
      },
    },
    {
      name: 'finds an expired API key by its hash',
      async run(harness) {
        const hash = freshHash(harness)
        await storedKey(harness, { expiresAt: LONG_AGO }, hash)
        assert.equal((await keyOfHash(harness, hash))?.key.expiresAt, LONG_AGO)
      },
    },
    {
      name: 'gives the last use of an API key that it finds',
      async run(harness) {
        const hash = freshHash(harness)
        const { id } = await storedKey(harness, {}, hash)
        await harness.ports.keyUses.note(harness.ownerId, id, LATER)
        assert.equal((await keyOfHash(harness, hash))?.lastUsedAt, LATER)
      },
    },
  ],
}
