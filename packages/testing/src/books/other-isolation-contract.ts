import assert from 'node:assert/strict'
import { EVENT_TYPES } from '@daftari/application'
import { defaultSettings } from '@daftari/domain'
import { storedAttachment } from '../files/attachment-steps.ts'
import type { Contract } from '../kernel/contract.ts'
import { at } from '../kernel/fresh.ts'
import { change, look, type OwnerBooks, otherBooks, refusal, scopeOf } from '../kernel/steps.ts'
import { someSettings } from '../settings/settings-builders.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'

const NOW = at('2026-11-21T10:00:00.000Z')

function changedSettings(desk: OwnerBooks): Promise<void> {
  return change(desk, (tx) => tx.settings.update(someSettings(desk.ownerId, { maxCategories: 3 }), 0))
}

function keyed(desk: OwnerBooks, result: unknown): Promise<unknown> {
  return desk.ports.unitOfWork.transact(scopeOf(desk, 'a key'), async () => result)
}

/** Another owner's files, settings, events and results are as good as absent (F15, F79, F80). */
export const otherIsolationContract: Contract = {
  name: 'other records of another owner',
  cases: [
    {
      name: 'finds no file of another owner',
      brokenBy: { repository: 'attachments', method: 'findMany', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedAttachment(otherBooks(harness))
        assert.deepEqual(await look(harness, (tx) => tx.attachments.findMany([id])), [])
      },
    },
    {
      name: 'refuses to link a file of another owner, and does not change it (F81)',
      async run(harness) {
        const { id } = await storedAttachment(otherBooks(harness))
        await refusal(
          change(harness, (tx) => tx.attachments.link([id], NOW)),
          'attachment_not_found',
        )
        const [theirs] = await look(otherBooks(harness), (tx) => tx.attachments.findMany([id]))
        assert.equal(theirs?.state, 'staged')
      },
    },
    {
      name: 'reads no settings of another owner',
      async run(harness) {
        await changedSettings(otherBooks(harness))
        const { maxCategories } = await look(harness, (tx) => tx.settings.get())
        assert.equal(maxCategories, defaultSettings(harness.ownerId).maxCategories)
      },
    },
    {
      name: 'shows no settings of another owner',
      async run(harness) {
        const { ports, ownerId } = harness
        await changedSettings(otherBooks(harness))
        const { maxCategories } = await ports.queries.settings.get(ownerId)
        assert.equal(maxCategories, defaultSettings(ownerId).maxCategories)
      },
    },
    {
      name: 'lists no history of another owner',
      async run(harness) {
        const { ports, ownerId } = harness
        const event = categoryEvent('category.created', { after: aCategory() })
        await change(otherBooks(harness), (tx) => tx.events.append([event]))
        const page = { before: null, limit: 10 }
        assert.deepEqual(await ports.queries.history.list(ownerId, 'category', event.aggregateId, page), [])
      },
    },
    {
      name: 'lists no events of another owner in the feed',
      async run(harness) {
        const { ports, ownerId } = harness
        const event = categoryEvent('category.created', { after: aCategory() })
        await change(otherBooks(harness), (tx) => tx.events.append([event]))
        const page = { after: null, types: EVENT_TYPES, limit: 10 }
        assert.deepEqual(await ports.queries.feed.list(ownerId, page), [])
      },
    },
    {
      name: 'lets two owners have events of the same record',
      async run(harness) {
        const { ports, ownerId } = harness
        const event = categoryEvent('category.created', { after: aCategory() })
        await change(otherBooks(harness), (tx) => tx.events.append([event]))
        await change(harness, (tx) => tx.events.append([event]))
        const page = { before: null, limit: 10 }
        const mine = await ports.queries.history.list(ownerId, 'category', event.aggregateId, page)
        assert.equal(mine.length, 1)
      },
    },
    {
      name: 'finds no result of another owner under the same key (F15)',
      brokenBy: { queries: 'idempotency', method: 'find', gives: 'theirs' },
      async run(harness) {
        await keyed(otherBooks(harness), {})
        assert.equal((await harness.ports.queries.idempotency.find(harness.ownerId, 'a key')) ?? null, null)
      },
    },
    {
      name: 'lets two owners use the same key',
      async run(harness) {
        await keyed(otherBooks(harness), 'theirs')
        await keyed(harness, 'mine')
        const stored = await harness.ports.queries.idempotency.find(harness.ownerId, 'a key')
        assert.equal(stored?.result, '"mine"')
      },
    },
  ],
}
