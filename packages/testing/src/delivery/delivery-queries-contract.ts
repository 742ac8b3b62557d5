import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { at } from '../kernel/fresh.ts'
import { change, look, otherBooks, refusal } from '../kernel/steps.ts'
import {
  appended,
  changed,
  claimed,
  deliveries,
  firstEventId,
  held,
  releasingShards,
  removed,
  replayed,
  retried,
  settle,
  skipped,
  statuses,
  subscribed,
} from './delivery-steps.ts'
import { aSubscription } from './subscription-states.ts'

/** What an owner sees of subscriptions and deliveries, and how an owner changes them. */
export const deliveryQueriesContract: Contract = releasingShards({
  name: 'subscriptions and deliveries',
  cases: [
    {
      name: 'finds a subscription by name, even after it was removed',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = await subscribed(harness, { name: 'mail' })
        assert.deepEqual(await ports.delivery.subscriptions(ownerId), [first])
        const find = (name: string) => look(harness, (tx) => tx.subscriptions.lockByName(name))
        assert.deepEqual(await find('mail'), first)
        assert.equal(await find('post'), null)
        await removed(harness, first)
        assert.deepEqual(await find('mail'), { ...first, isRemoved: true, version: 2 })
      },
    },
    {
      name: 'updates a subscription at the version that was read, and refuses a stale version',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = await subscribed(harness, { name: 'mail' })
        await changed(harness, first, { hearsSince: at('2026-11-21T10:00:00.000Z') })
        await refusal(changed(harness, first, {}), 'concurrent_change')
        const [stored] = await ports.delivery.subscriptions(ownerId)
        assert.deepEqual([stored?.version, stored?.hearsSince], [2, at('2026-11-21T10:00:00.000Z')])
      },
    },
    {
      name: 'lets one transaction of an owner at a time hold the lock on its subscriptions',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscribe = () =>
          look(harness, async (tx) => {
            const known = await tx.subscriptions.lockByName('mail')
            if (known === null) tx.subscriptions.insert(aSubscription({ name: 'mail' }))
            return known === null
          })
        const made = await Promise.all([subscribe(), subscribe(), subscribe()])
        assert.deepEqual(made.filter(Boolean), [true])
        assert.equal((await ports.delivery.subscriptions(ownerId)).length, 1)
      },
    },
    {
      name: 'shows and changes no subscription and no delivery of another owner',
      async run(harness) {
        const { ports, ownerId } = harness
        const other = otherBooks(harness)
        const subscription = await subscribed(other, { name: 'mail' })
        await appended(other, 1)
        const [row] = await deliveries(other, subscription)
        assert.ok(row)
        assert.deepEqual(await ports.delivery.subscriptions(ownerId), [])
        assert.deepEqual(await deliveries(harness, subscription), [])
        const id = [ownerId, row.subscriptionId, row.eventId] as const
        assert.equal(await ports.delivery.find(...id), null)
        assert.equal(await skipped(harness, row.subscriptionId, row.eventId), null)
        assert.equal(await retried(harness, row.subscriptionId, row.eventId), null)
        assert.equal(await look(harness, (tx) => tx.subscriptions.lockByName('mail')), null)
        await change(harness, (tx) => tx.deliveries.cancelAll(subscription.id))
        assert.deepEqual(await statuses(other, subscription), ['pending'])
      },
    },
    {
      name: 'claims nothing of a paused subscription, and claims its deliveries after it is resumed',
      async run(harness) {
        const subscription = await subscribed(harness)
        const paused = await changed(harness, subscription, { isPaused: true })
        await appended(harness, 1)
        const shards = await held(harness)
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        await changed(harness, paused, { isPaused: false })
        assert.equal((await claimed(harness, shards, subscription)).length, 1)
      },
    },
    {
      name: 'cancels the unfinished deliveries of a removed subscription, and writes it no new ones',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 1)
        await removed(harness, subscription)
        await appended(harness, 1)
        assert.deepEqual(await statuses(harness, subscription), ['cancelled'])
        assert.deepEqual(await ports.delivery.subscriptions(ownerId), [])
      },
    },
    {
      name: 'makes a delivered event due again on retry',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 1)
        const shards = await held(harness)
        const list = await claimed(harness, shards, subscription)
        await settle(harness, 'delivered', list)
        const id = [ownerId, subscription.id, firstEventId(list)] as const
        assert.equal((await retried(harness, id[1], id[2]))?.status, 'pending')
        assert.equal((await retried(harness, id[1], id[2]))?.status, 'pending')
        assert.deepEqual(
          (await ports.delivery.attempts(...id)).map(({ number }) => number),
          [1],
        )
        assert.deepEqual(
          (await claimed(harness, shards, subscription)).map(({ attempts }) => attempts),
          [2],
        )
      },
    },
    {
      name: 'keeps all attempts from before a delivery was sent again',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 1)
        const shards = await held(harness)
        const [event] = (await deliveries(harness, subscription)).map(({ eventId }) => eventId)
        for (const result of ['delivered', 'delivered', 'failed'] as const) {
          const [one] = await claimed(harness, shards, subscription)
          assert.ok(one)
          await settle(harness, result, [one])
          const { at } = one.event
          const range = { subscriptionName: subscription.name, from: at, to: at, eventTypes: [] }
          await replayed(harness, range)
        }
        const attempts = await ports.delivery.attempts(ownerId, subscription.id, event ?? '')
        assert.deepEqual(
          attempts.map(({ number, error }) => [number, error === null]),
          [
            [1, true],
            [2, true],
            [3, false],
          ],
        )
      },
    },
    {
      name: 'replays finished deliveries of a time range, of the given event types',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 2)
        await settle(harness, 'delivered', await claimed(harness, await held(harness), subscription))
        const list = await deliveries(harness, subscription)
        assert.deepEqual(
          list.map(({ status }) => status),
          ['delivered', 'delivered'],
        )
        const [record] = await ports.queries.history.list(ownerId, 'category', list[0]?.aggregateId ?? '', {
          before: null,
          limit: 1,
        })
        assert.ok(record)
        const range = { subscriptionName: subscription.name, from: record.at, to: record.at, eventTypes: [] }
        assert.equal(await replayed(harness, { ...range, eventTypes: ['category.created'] }), 1)
        assert.deepEqual(await statuses(harness, subscription), ['pending', 'delivered'])
        assert.equal(await replayed(harness, range), 1)
      },
    },
    {
      name: 'counts pending, due, failing, dead and parked deliveries',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 2)
        await settle(
          harness,
          'dead',
          await claimed(harness, await held(harness), subscription, { runLength: 1 }),
        )
        await appended(harness, 1)
        const { oldestAt, ...counts } = await ports.delivery.stats(ownerId)
        assert.notEqual(oldestAt, null)
        assert.deepEqual(counts, {
          pending: 1,
          due: 1,
          failing: 0,
          dead: 1,
          parked: 1,
          byType: { 'category.created': 1, 'category.updated': 1 },
        })
      },
    },
  ],
})
