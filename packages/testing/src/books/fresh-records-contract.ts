import assert from 'node:assert/strict'
import type { OwnerId, TimeZone } from '@daftari/domain'
import { anApiKey, anOwner } from '../access/access-builders.ts'
import { freshHash, keyOfHash, listedKeys } from '../access/key-steps.ts'
import { feed } from '../history/feed-contract.ts'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, scopeOf } from '../kernel/steps.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'
import { answers } from './fresh-answers-steps.ts'

const NOON = at('2026-11-21T12:00:00.000Z')

function creationAndDeletion() {
  const category = aCategory()
  return [
    categoryEvent('category.created', { after: category }),
    categoryEvent('category.deleted', { before: category }),
  ] as const
}

/** As fresh answers, of what happened, of keys and of owners. */
export const freshRecordsContract: Contract = {
  name: 'fresh answers about records',
  cases: [
    {
      name: 'lists the history of a record with every event at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const [created, deleted] = creationAndDeletion()
        const page = { before: null, limit: 10 }
        await change(harness, (tx) => tx.events.append([created]))
        const given = await answers(
          () => ports.queries.history.list(ownerId, 'category', created.aggregateId, page),
          () => change(harness, (tx) => tx.events.append([deleted])),
        )
        assert.deepEqual(
          given.map((records) => records.length),
          [1, 2],
        )
      },
    },
    {
      name: 'lists the feed with every event',
      async run(harness) {
        const [created, deleted] = creationAndDeletion()
        let enough = 1
        await change(harness, (tx) => tx.events.append([created]))
        const given = await answers(
          () => feed(harness, enough),
          () => {
            enough = 2
            return change(harness, (tx) => tx.events.append([deleted]))
          },
        )
        assert.deepEqual(
          given.map((entries) => entries.length),
          [1, 2],
        )
      },
    },
    {
      name: 'finds the result under a key at once after its transaction',
      async run(harness) {
        const { ports, ownerId } = harness
        const given = await answers(
          () => ports.queries.idempotency.find(ownerId, 'a key'),
          () => ports.unitOfWork.transact(scopeOf(harness, 'a key'), async () => 'done'),
        )
        assert.deepEqual(
          given.map((found) => found?.result ?? null),
          [null, '"done"'],
        )
      },
    },
    {
      name: 'lists API keys with every change and every use at once',
      async run(harness) {
        const key = anApiKey()
        const given = await answers(
          () => listedKeys(harness),
          () => change(harness, (tx) => tx.apiKeys.insert(key, freshHash(harness))),
          () => harness.ports.keyUses.note(harness.ownerId, key.id, NOON),
          () => change(harness, (tx) => tx.apiKeys.update({ ...key, revokedAt: NOON, version: 2 }, 1)),
        )
        assert.deepEqual(
          given.map((keys) => keys.map(({ lastUsedAt }) => lastUsedAt)),
          [[], [null], [NOON], []],
        )
      },
    },
    {
      name: 'finds an API key by its hash with every change and every use at once (F85)',
      async run(harness) {
        const [key, hash] = [anApiKey(), freshHash(harness)]
        const given = await answers(
          () => keyOfHash(harness, hash),
          () => change(harness, (tx) => tx.apiKeys.insert(key, hash)),
          () => harness.ports.keyUses.note(harness.ownerId, key.id, NOON),
          () => change(harness, (tx) => tx.apiKeys.update({ ...key, revokedAt: NOON, version: 2 }, 1)),
        )
        assert.deepEqual(
          given.map((found) => found && [found.lastUsedAt, found.key.revokedAt]),
          [null, [null, null], [NOON, null], [NOON, NOON]],
        )
      },
    },
    {
      name: 'finds an owner at once after its creation',
      async run({ ports }) {
        const owner = anOwner()
        const given = await answers(
          () => ports.owners.find(owner.id),
          () => ports.owners.create(owner),
        )
        assert.deepEqual(
          given.map((found) => found ?? null),
          [null, owner],
        )
      },
    },
    {
      name: 'lists an owner at once after its creation',
      async run({ ports }) {
        const before = freshId()
        const owner = anOwner()
        const page = { after: { key: before, id: before }, limit: 100 }
        const given = await answers(
          () => ports.owners.list(page),
          () => ports.owners.create(owner),
        )
        const seen = given.map((owners) => owners.some(({ id }) => id === owner.id))
        assert.deepEqual(seen, [false, true])
      },
    },
    {
      name: 'shows the time zone of an owner in its settings at once after its creation',
      async run({ ports, ownerId }) {
        const timeZone = 'Africa/Nairobi' as TimeZone
        const given = await answers(
          () => ports.queries.settings.get(ownerId),
          () => ports.owners.create(anOwner({ id: ownerId as OwnerId, timeZone })),
        )
        assert.deepEqual(
          given.map((settings) => settings.timeZone),
          ['Africa/Dar_es_Salaam', timeZone],
        )
      },
    },
  ],
}
