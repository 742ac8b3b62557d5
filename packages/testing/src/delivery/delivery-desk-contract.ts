import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { otherDesk } from '../kernel/steps.ts'
import {
  claimed,
  deliveries,
  firstEventId,
  givingBack,
  happened,
  held,
  settle,
  statuses,
  subscribed,
} from './delivery-steps.ts'

/** What an owner sees and does. */
export const deliveryDeskContract: Contract = givingBack({
  name: 'delivery desk',
  cases: [
    {
      name: 'keeps one subscription of a name, with the event types given last',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = await subscribed(harness, { name: 'mail' })
        const second = await subscribed(harness, { name: 'mail', eventTypes: ['category.deleted'] })
        assert.equal(second.id, first.id)
        assert.deepEqual(await ports.delivery.subscriptions(ownerId), [
          { ...first, eventTypes: ['category.deleted'] },
        ])
      },
    },
    {
      name: 'lists no subscription and no delivery of another owner',
      async run(harness) {
        const { ports, ownerId } = harness
        const other = otherDesk(harness)
        const subscription = await subscribed(other, { name: 'mail' })
        await happened(other, 1)
        const [row] = await deliveries(other, subscription)
        assert.ok(row)
        assert.deepEqual(await ports.delivery.subscriptions(ownerId), [])
        assert.deepEqual(await deliveries(harness, subscription), [])
        const id = [ownerId, row.subscriptionId, row.eventId] as const
        assert.equal(await ports.delivery.find(...id), null)
        assert.equal(await ports.delivery.skip(...id), null)
        assert.equal(await ports.delivery.retry(...id), null)
        assert.equal(await ports.delivery.unsubscribe(ownerId, 'mail'), null)
        assert.deepEqual(await statuses(other, subscription), ['pending'])
      },
    },
    {
      name: 'holds the deliveries of a paused subscription back, and gives them when it goes on',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await ports.delivery.setPaused(ownerId, subscription.name, true)
        await happened(harness, 1)
        const shards = await held(harness)
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        await ports.delivery.setPaused(ownerId, subscription.name, false)
        assert.equal((await claimed(harness, shards, subscription)).length, 1)
      },
    },
    {
      name: 'cancels what a removed subscription has not heard, and writes it nothing more',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        assert.equal(await ports.delivery.unsubscribe(ownerId, subscription.name), subscription.id)
        await happened(harness, 1)
        assert.deepEqual(await statuses(harness, subscription), ['cancelled'])
        assert.deepEqual(await ports.delivery.subscriptions(ownerId), [])
        assert.equal(await ports.delivery.unsubscribe(ownerId, subscription.name), null)
      },
    },
    {
      name: 'sends what was delivered once more when that is asked for',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const shards = await held(harness)
        const list = await claimed(harness, shards, subscription)
        await settle(harness, 'delivered', list)
        const id = [ownerId, subscription.id, firstEventId(list)] as const
        assert.equal((await ports.delivery.retry(...id))?.status, 'pending')
        assert.equal((await ports.delivery.retry(...id))?.status, 'pending')
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
      name: 'keeps every attempt of what is sent once more',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const shards = await held(harness)
        const [event] = (await deliveries(harness, subscription)).map(({ eventId }) => eventId)
        for (const result of ['delivered', 'delivered', 'failed'] as const) {
          const [one] = await claimed(harness, shards, subscription)
          assert.ok(one)
          await settle(harness, result, [one])
          const { at } = one.event
          const range = { subscriptionName: subscription.name, from: at, to: at, eventTypes: [] }
          await ports.delivery.replay(ownerId, range)
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
      name: 'replays what is finished in a range of time, of the types asked for',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 2)
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
        assert.equal(await ports.delivery.replay(ownerId, { ...range, eventTypes: ['category.created'] }), 1)
        assert.deepEqual(await statuses(harness, subscription), ['pending', 'delivered'])
        assert.equal(await ports.delivery.replay(ownerId, range), 1)
      },
    },
    {
      name: 'counts what is on its way',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 2)
        await settle(
          harness,
          'dead',
          await claimed(harness, await held(harness), subscription, { runLength: 1 }),
        )
        await happened(harness, 1)
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
