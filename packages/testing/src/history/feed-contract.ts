import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { type DomainEvent, EVENT_TYPES, type FeedEntry, type FeedPage } from '@daftari/application'
import type { CategoryEvent } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'

const PATIENCE = 40
const BETWEEN_MS = 5

/**
 * A page of the feed, read again until it holds as many entries as it should: an adapter may hold events back
 * while older transactions, also those of other owners, are under way.
 */
export async function feed(
  desk: OwnerBooks,
  enough: number,
  asked: Partial<FeedPage> = {},
): Promise<readonly FeedEntry[]> {
  const page: FeedPage = { after: null, types: EVENT_TYPES, limit: 100, ...asked }
  for (let tries = 1; ; tries += 1) {
    const entries = await desk.ports.queries.feed.list(desk.ownerId, page)
    if (entries.length >= enough || tries === PATIENCE) return entries
    await pause(BETWEEN_MS)
  }
}

function subjects(entries: readonly FeedEntry[]): string[] {
  return entries.map(({ record }) => record.aggregateId)
}

function created(): CategoryEvent {
  return categoryEvent('category.created', { after: aCategory() })
}

function deletedAtOnce(): readonly CategoryEvent[] {
  const category = aCategory()
  return [
    categoryEvent('category.created', { after: category }),
    categoryEvent('category.deleted', { before: category }),
  ]
}

function appended(desk: OwnerBooks, ...events: readonly DomainEvent[]): Promise<void> {
  return change(desk, (tx) => tx.events.append(events))
}

/** Everything that happened, in one order. */
export const feedContract: Contract = {
  name: 'feed',
  cases: [
    {
      name: 'lists events oldest first, including those of one transaction',
      async run(harness) {
        const events = [created(), created(), created(), created()] as const
        await appended(harness, events[0])
        await appended(harness, events[1], events[2])
        await appended(harness, events[3])
        assert.deepEqual(
          subjects(await feed(harness, 4)),
          events.map(({ aggregateId }) => aggregateId),
        )
      },
    },
    {
      name: 'lists the same records as the history',
      async run(harness) {
        const { ports, ownerId } = harness
        const event = created()
        await appended(harness, event)
        const [entry] = await feed(harness, 1)
        const page = { before: null, limit: 1 }
        const history = await ports.queries.history.list(ownerId, 'category', event.aggregateId, page)
        assert.deepEqual([entry?.record], history)
      },
    },
    {
      name: 'continues exactly after a position',
      async run(harness) {
        const events = [created(), created(), created(), created(), created()]
        for (const event of events) await appended(harness, event)
        const first = await feed(harness, 2, { limit: 2 })
        const second = await feed(harness, 2, { limit: 2, after: first.at(-1)?.position ?? null })
        const third = await feed(harness, 1, { limit: 2, after: second.at(-1)?.position ?? null })
        assert.deepEqual(
          [...first, ...second, ...third].map(({ record }) => record.aggregateId),
          events.map(({ aggregateId }) => aggregateId),
        )
        assert.equal(third.length, 1)
      },
    },
    {
      name: 'lists the requested types and no others, page by page',
      async run(harness) {
        const [some, more] = [deletedAtOnce(), deletedAtOnce()]
        await appended(harness, ...some)
        await appended(harness, ...more)
        const types = ['category.deleted'] as const
        const first = await feed(harness, 1, { types, limit: 1 })
        const second = await feed(harness, 1, { types, limit: 9, after: first[0]?.position ?? null })
        assert.deepEqual(subjects([...first, ...second]), [some[0]?.aggregateId, more[0]?.aggregateId])
      },
    },
    {
      name: 'lists events that are committed later after every position that was given before',
      async run(harness) {
        await appended(harness, created())
        const first = await feed(harness, 1)
        const later = created()
        await appended(harness, later)
        const second = await feed(harness, 1, { after: first.at(-1)?.position ?? null })
        assert.deepEqual(subjects(second), [later.aggregateId])
      },
    },
    {
      name: 'lists an event that was sent early and committed late after a position that was given in between',
      async run(harness) {
        const [early, late] = [created(), created()]
        const [sent, open] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
        const slow = change(harness, async (tx) => {
          tx.events.append([early])
          await tx.categories.findMany([aCategory().id])
          sent.resolve()
          await open.promise
        })
        await Promise.race([sent.promise, slow])
        const first = await appended(harness, late)
          .then(() => feed(harness, 0))
          .finally(open.resolve)
        await slow
        const after = first.at(-1)?.position ?? null
        const second = await feed(harness, 2 - first.length, { after })
        const ids = subjects([...first, ...second]).sort()
        assert.deepEqual(ids, [early.aggregateId, late.aggregateId].sort())
      },
    },
    {
      name: 'has the same epoch for every owner, before and after writes',
      async run(harness) {
        const { feed: queries } = harness.ports.queries
        const before = await queries.epoch()
        await appended(harness, created())
        await appended({ ...harness, ownerId: harness.otherOwnerId }, created())
        assert.deepEqual([await queries.epoch(), await queries.epoch()], [before, before])
        assert.notEqual(before, '')
      },
    },
    {
      name: 'lists nothing for an owner without events, at every call',
      async run(harness) {
        assert.deepEqual(await feed(harness, 0), [])
      },
    },
  ],
}
