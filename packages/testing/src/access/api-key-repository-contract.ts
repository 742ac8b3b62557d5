import assert from 'node:assert/strict'
import type { ApiKeyId } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, look, onlyOneOf, otherBooks, refusal } from '../kernel/steps.ts'
import { anApiKey } from './access-builders.ts'
import { freshHash, keyOfHash, listedKey, onlyOnePlainly, plainRefusal, storedKey } from './key-steps.ts'

const LATER = at('2026-11-21T10:00:00.000Z')

/** What a transaction finds and changes of API keys. */
export const apiKeyRepositoryContract: Contract = {
  name: 'API keys',
  cases: [
    {
      name: 'finds an API key as it was stored, to the millisecond',
      async run(harness) {
        const key = await storedKey(harness, {
          name: 'Duka — "kasha" 🧾',
          scopes: ['read', 'write', 'admin'],
          expiresAt: at('2027-11-21T09:00:00.001Z'),
        })
        assert.deepEqual(await look(harness, (tx) => tx.apiKeys.find(key.id)), key)
      },
    },
    {
      name: 'gives null for an API key that does not exist',
      async run(harness) {
        assert.equal(await look(harness, (tx) => tx.apiKeys.find(freshId<ApiKeyId>())), null)
      },
    },
    {
      name: 'finds an API key that the same transaction staged',
      async run(harness) {
        const key = anApiKey()
        await change(harness, async (tx) => {
          tx.apiKeys.insert(key, freshHash(harness))
          assert.deepEqual(await tx.apiKeys.find(key.id), key)
        })
      },
    },
    {
      name: 'finds a revoked API key',
      async run(harness) {
        const { id } = await storedKey(harness, { revokedAt: LATER })
        assert.equal((await look(harness, (tx) => tx.apiKeys.find(id)))?.revokedAt, LATER)
      },
    },
    {
      name: 'finds an expired API key',
      async run(harness) {
        const { id } = await storedKey(harness, { expiresAt: at('2020-01-01T00:00:00Z') })
        assert.equal((await look(harness, (tx) => tx.apiKeys.find(id)))?.id, id)
      },
    },
    {
      name: 'refuses two API keys of one transaction with the same hash, with a plain error',
      async run(harness) {
        const hash = freshHash(harness)
        const attempt = change(harness, (tx) => {
          tx.apiKeys.insert(anApiKey(), hash)
          tx.apiKeys.insert(anApiKey(), hash)
        })
        await plainRefusal(attempt)
        assert.equal(await keyOfHash(harness, hash), null)
      },
    },
    {
      name: 'refuses an API key with the hash of a stored one, with a plain error',
      async run(harness) {
        const hash = freshHash(harness)
        const { id } = await storedKey(harness, {}, hash)
        await plainRefusal(storedKey(harness, {}, hash))
        assert.equal((await keyOfHash(harness, hash))?.key.id, id)
      },
    },
    {
      name: 'refuses an API key with the hash of a key of another owner, with a plain error',
      async run(harness) {
        const hash = freshHash(harness)
        await storedKey(otherBooks(harness), {}, hash)
        await plainRefusal(storedKey(harness, {}, hash))
        assert.equal((await keyOfHash(harness, hash))?.ownerId, harness.otherOwnerId)
      },
    },
    {
      name: 'accepts one of two API keys that take the same hash concurrently',
      async run(harness) {
        const hash = freshHash(harness)
        const keys = [anApiKey(), anApiKey()]
        const attempts = keys.map((key) => change(harness, (tx) => tx.apiKeys.insert(key, hash)))
        const winner = await onlyOnePlainly(attempts)
        assert.equal((await keyOfHash(harness, hash))?.key.id, keys[winner]?.id)
      },
    },
    {
      name: 'stores a change of an API key',
      async run(harness) {
        const key = await storedKey(harness)
        const changed = { ...key, revokedAt: null, name: 'Kasha', version: 2, updatedAt: LATER }
        await change(harness, (tx) => tx.apiKeys.update(changed, 1))
        assert.deepEqual(await look(harness, (tx) => tx.apiKeys.find(key.id)), changed)
      },
    },
    {
      name: 'keeps the hash of an API key when the key is updated',
      async run(harness) {
        const hash = freshHash(harness)
        const key = await storedKey(harness, {}, hash)
        await change(harness, (tx) => tx.apiKeys.update({ ...key, version: 2 }, 1))
        assert.equal((await keyOfHash(harness, hash))?.key.id, key.id)
      },
    },
    {
      name: 'keeps the last use of an API key when the key is updated',
      async run(harness) {
        const key = await storedKey(harness)
        await harness.ports.keyUses.note(harness.ownerId, key.id, LATER)
        await change(harness, (tx) => tx.apiKeys.update({ ...key, version: 2 }, 1))
        assert.equal((await listedKey(harness, key))?.lastUsedAt, LATER)
      },
    },
    {
      name: 'refuses to update an API key with a stale version',
      async run(harness) {
        const key = await storedKey(harness)
        await change(harness, (tx) => tx.apiKeys.update({ ...key, version: 2 }, 1))
        const attempt = change(harness, (tx) => tx.apiKeys.update({ ...key, version: 2 }, 1))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'refuses to update an API key that does not exist',
      async run(harness) {
        const attempt = change(harness, (tx) => tx.apiKeys.update(anApiKey({ version: 2 }), 1))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'lets one of two transactions change the version of an API key that both read (F16)',
      async run(harness) {
        const key = await storedKey(harness)
        const names = ['One', 'Other']
        const winner = await onlyOneOf(
          names.map((name) =>
            change(harness, (tx) => tx.apiKeys.update({ ...key, name, version: 2 }, key.version)),
          ),
          'concurrent_change',
        )
        assert.equal((await look(harness, (tx) => tx.apiKeys.find(key.id)))?.name, names[winner])
      },
    },
  ],
}
