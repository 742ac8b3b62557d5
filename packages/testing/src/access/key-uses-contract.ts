import assert from 'node:assert/strict'
import { type ApiKeyId, instant } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, look, otherBooks } from '../kernel/steps.ts'
import { apiKeyEvent } from './access-builders.ts'
import { listedKey, storedKey } from './key-steps.ts'

const NOON = at('2026-11-21T12:00:00.000Z')

function after(seconds: number): typeof NOON {
  return instant(NOON + seconds * 1_000)
}

/** When keys were last used. */
export const keyUsesContract: Contract = {
  name: 'key uses',
  cases: [
    {
      name: 'stores the time of the last use of a key, to the millisecond',
      async run(harness) {
        const key = await storedKey(harness)
        const moment = instant(NOON + 1)
        await harness.ports.keyUses.note(harness.ownerId, key.id, moment)
        assert.equal((await listedKey(harness, key))?.lastUsedAt, moment)
      },
    },
    {
      name: 'keeps the latest use, in whatever order uses are noted',
      async run(harness) {
        const key = await storedKey(harness)
        for (const seconds of [2, 3, 1]) {
          await harness.ports.keyUses.note(harness.ownerId, key.id, after(seconds))
        }
        assert.equal((await listedKey(harness, key))?.lastUsedAt, after(3))
      },
    },
    {
      name: 'keeps the latest of many uses that are noted concurrently',
      async run(harness) {
        const key = await storedKey(harness)
        const seconds = [3, 9, 1, 8, 2, 7, 4, 6, 5]
        await Promise.all(
          seconds.map((count) => harness.ports.keyUses.note(harness.ownerId, key.id, after(count))),
        )
        assert.equal((await listedKey(harness, key))?.lastUsedAt, after(9))
      },
    },
    {
      name: 'notes a use for the used key only',
      async run(harness) {
        const [used, unused] = [await storedKey(harness), await storedKey(harness)]
        await harness.ports.keyUses.note(harness.ownerId, used.id, NOON)
        assert.equal((await listedKey(harness, unused))?.lastUsedAt, null)
      },
    },
    {
      name: 'ignores a use of a key that does not exist',
      async run(harness) {
        await harness.ports.keyUses.note(harness.ownerId, freshId<ApiKeyId>(), NOON)
        await storedKey(harness)
        await harness.ports.keyUses.note(harness.ownerId, freshId<ApiKeyId>(), NOON)
      },
    },
    {
      name: 'ignores a use of a key of another owner (F79)',
      async run(harness) {
        const key = await storedKey(otherBooks(harness))
        await harness.ports.keyUses.note(harness.ownerId, key.id, NOON)
        assert.equal((await listedKey(otherBooks(harness), key))?.lastUsedAt, null)
      },
    },
    {
      name: 'makes no new version of a used key',
      async run(harness) {
        const key = await storedKey(harness)
        await harness.ports.keyUses.note(harness.ownerId, key.id, NOON)
        assert.deepEqual(await look(harness, (tx) => tx.apiKeys.find(key.id)), key)
        await change(harness, (tx) => tx.apiKeys.update({ ...key, version: 2 }, 1))
      },
    },
    {
      name: 'makes no event for a use',
      async run(harness) {
        const { ports, ownerId } = harness
        const key = await storedKey(harness)
        await change(harness, (tx) => tx.events.append([apiKeyEvent('api_key.created', { after: key })]))
        await ports.keyUses.note(ownerId, key.id, NOON)
        const page = { before: null, limit: 10 }
        const records = await ports.queries.history.list(ownerId, 'api_key', key.id, page)
        assert.deepEqual(
          records.map(({ type }) => type),
          ['api_key.created'],
        )
      },
    },
  ],
}
