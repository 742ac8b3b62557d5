import assert from 'node:assert/strict'
import { categoryEvent, settingsEvent } from '../builders/events.ts'
import { at, freshId } from '../builders/fresh.ts'
import { aCategory, someSettings } from '../builders/states.ts'
import type { Contract } from './contract.ts'
import {
  claimed,
  deliveries,
  givingBack,
  happened,
  held,
  outcome,
  settle,
  statuses,
  subscribed,
  versions,
} from './delivery-steps.ts'
import { change, otherDesk } from './steps.ts'

const HOUR_MS = 3_600_000

/** What a dispatcher relies on. */
export const dispatchContract: Contract = givingBack({
  name: 'dispatch store',
  cases: [
    {
      name: 'gives one delivery for each event and each subscription that wants it, written with the event',
      async run(harness) {
        const all = await subscribed(harness)
        const some = await subscribed(harness, { eventTypes: ['category.created'] })
        await happened(harness, 2)
        const shards = await held(harness)
        assert.deepEqual(versions(await claimed(harness, shards, all)), [1, 2])
        assert.deepEqual(versions(await claimed(harness, shards, some)), [1])
      },
    },
    {
      name: 'gives who wants everything no event that is for the audit only',
      async run(harness) {
        const subscription = await subscribed(harness)
        await change(harness, (tx) =>
          tx.events.append([settingsEvent({ after: someSettings(harness.ownerId) })]),
        )
        assert.deepEqual(await deliveries(harness, subscription), [])
      },
    },
    {
      name: 'gives nothing of an event that was rolled back',
      async run(harness) {
        const subscription = await subscribed(harness)
        const category = aCategory()
        // Refused for two reasons: each has a case of its own.
        const store = () =>
          change(harness, (tx) => {
            tx.categories.insert(category)
            tx.events.append([categoryEvent('category.created', { after: category })])
          })
        await store()
        await assert.rejects(store())
        assert.equal((await deliveries(harness, subscription)).length, 1)
      },
    },
    {
      name: 'gives the very record of the event, of whatever owner',
      async run(harness) {
        const other = otherDesk(harness)
        const subscription = await subscribed(other)
        const id = await happened(other, 1)
        const [one] = await claimed(harness, await held(harness), subscription)
        const page = { before: null, limit: 1 }
        const [record] = await harness.ports.queries.history.list(other.ownerId, 'category', id, page)
        assert.deepEqual(one?.event, record)
        assert.equal(one?.ownerId, other.ownerId)
      },
    },
    {
      name: 'counts an attempt at the claim, and takes it back when it was not begun',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const shards = await held(harness)
        const first = await claimed(harness, shards, subscription)
        assert.deepEqual(
          first.map(({ attempts }) => attempts),
          [1],
        )
        assert.equal((await deliveries(harness, subscription))[0]?.attempts, 1)
        await settle(harness, 'released', first)
        assert.equal((await deliveries(harness, subscription))[0]?.attempts, 0)
        assert.equal((await claimed(harness, shards, subscription)).length, 1)
      },
    },
    {
      name: 'passes over what is under way, and what follows it',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 3)
        const shards = await held(harness)
        assert.deepEqual(versions(await claimed(harness, shards, subscription, { runLength: 2 })), [1, 2])
        assert.deepEqual(await claimed(harness, shards, subscription), [])
      },
    },
    {
      name: 'gives no later event of an aggregate before the earliest is finished, and all others',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 2)
        const shards = await held(harness)
        const [first, second] = [...(await claimed(harness, shards, subscription))].sort(
          (a, b) => a.event.aggregateVersion - b.event.aggregateVersion,
        )
        assert.ok(first && second)
        await harness.ports.dispatch.settle([outcome(first, 'failed', HOUR_MS), outcome(second, 'released')])
        const other = await happened(harness, 1)
        const next = await claimed(harness, shards, subscription)
        assert.deepEqual(
          next.map(({ event }) => event.aggregateId),
          [other],
        )
      },
    },
    {
      name: 'gives no more than is wanted, the earliest versions',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 9)
        const some = await claimed(harness, await held(harness), subscription, { limit: 4 })
        assert.deepEqual(versions(some), [1, 2, 3, 4])
      },
    },
    {
      name: 'never gives what was delivered, and keeps its attempt',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const shards = await held(harness)
        const list = await claimed(harness, shards, subscription)
        assert.equal(await settle(harness, 'delivered', list), 1)
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        assert.deepEqual(await statuses(harness, subscription), ['delivered'])
        const attempts = await ports.delivery.attempts(ownerId, subscription.id, list[0]?.event.id ?? '')
        assert.deepEqual(
          attempts.map(({ number, error }) => ({ number, error })),
          [{ number: 1, error: null }],
        )
      },
    },
    {
      name: 'F06 lets nothing count that was claimed under a token that is over',
      async run(harness) {
        const { ports } = harness
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const holder = freshId()
        const list = await claimed(harness, await held(harness, holder), subscription)
        await ports.dispatch.leave(holder)
        const shards = await held(harness)
        assert.equal(await settle(harness, 'delivered', list), 0)
        assert.deepEqual(await statuses(harness, subscription), ['pending'])
        const again = await claimed(harness, shards, subscription)
        assert.deepEqual(
          again.map(({ attempts, lost }) => ({ attempts, lost })),
          [{ attempts: 2, lost: 1 }],
        )
      },
    },
    {
      name: 'gives what was lost alone, without what follows it',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 2)
        const holder = freshId()
        await claimed(harness, await held(harness, holder), subscription)
        await harness.ports.dispatch.leave(holder)
        assert.deepEqual(versions(await claimed(harness, await held(harness), subscription)), [1])
      },
    },
    {
      name: 'lets an outcome count once',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const list = await claimed(harness, await held(harness), subscription)
        assert.equal(await settle(harness, 'delivered', list), 1)
        assert.equal(await settle(harness, 'failed', list), 0)
        assert.deepEqual(await statuses(harness, subscription), ['delivered'])
      },
    },
    {
      name: 'gives nothing to who does not hold the shards',
      async run(harness) {
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        const holder = freshId()
        const shards = await held(harness, holder)
        await harness.ports.dispatch.leave(holder)
        assert.deepEqual(await claimed(harness, shards, subscription), [])
      },
    },
    {
      name: 'shares the shards out, each to one',
      async run(harness) {
        const [one, other] = [freshId(), freshId()]
        const all = await held(harness, one)
        const { dispatch } = harness.ports
        assert.deepEqual(await held(harness, other), [])
        const renewed = await dispatch.lease({ holder: one, leaseMs: HOUR_MS, giveUp: [], isAnew: false })
        assert.equal(renewed.surplus, all.length / 2)
        const giveUp = all.slice(0, renewed.surplus).map(({ shard }) => shard)
        await dispatch.lease({ holder: one, leaseMs: HOUR_MS, giveUp, isAnew: false })
        assert.deepEqual(
          (await held(harness, other)).map(({ shard }) => shard),
          giveUp,
        )
      },
    },
    {
      name: 'parks what follows a dead delivery, and lets it go on when that is skipped',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        const id = await happened(harness, 2)
        const shards = await held(harness)
        const list = await claimed(harness, shards, subscription, { runLength: 1 })
        await settle(harness, 'dead', list)
        const third = categoryEvent('category.updated', { after: aCategory({ id, version: 3 }) })
        await change(harness, (tx) => tx.events.append([third]))
        assert.deepEqual(await statuses(harness, subscription), ['dead', 'parked', 'parked'])
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        await ports.delivery.skip(ownerId, subscription.id, list[0]?.event.id ?? '')
        assert.deepEqual(await statuses(harness, subscription), ['cancelled', 'pending', 'pending'])
        assert.deepEqual(versions(await claimed(harness, shards, subscription)), [2, 3])
      },
    },
    {
      name: 'leaves a subscription alone after ten failures in a row',
      async run(harness) {
        const { ports } = harness
        const subscription = await subscribed(harness)
        for (let count = 0; count < 10; count += 1) await happened(harness, 1)
        const shards = await held(harness)
        const before = await ports.dispatch.unclaimable([subscription.id])
        await settle(harness, 'failed', await claimed(harness, shards, subscription))
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        assert.equal(await ports.dispatch.unclaimable([subscription.id]), before + 10)
      },
    },
    {
      name: 'makes due at once what failed, and what is dead only when that is asked for',
      async run(harness) {
        const { dispatch } = harness.ports
        const subscription = await subscribed(harness)
        await happened(harness, 1)
        await happened(harness, 1)
        const shards = await held(harness)
        const [failing, dying] = await claimed(harness, shards, subscription)
        assert.ok(failing && dying)
        await dispatch.settle([outcome(failing, 'failed', HOUR_MS), outcome(dying, 'dead')])
        await dispatch.retryFailed(false)
        const again = await claimed(harness, shards, subscription)
        assert.deepEqual(
          again.map(({ event }) => event.id),
          [failing.event.id],
        )
        await settle(harness, 'delivered', again)
        await dispatch.retryFailed(true)
        const revived = await claimed(harness, shards, subscription)
        assert.deepEqual(
          revived.map(({ event, failures }) => [event.id, failures]),
          [[dying.event.id, 0]],
        )
      },
    },
    {
      name: 'repairs nothing where nothing is missing, not even what was removed when its time was over',
      async run(harness) {
        const { dispatch } = harness.ports
        const subscription = await subscribed(harness, { createdAt: at('2026-01-01T00:00:00.000Z') })
        await happened(harness, 2)
        const shards = await held(harness)
        await settle(harness, 'delivered', await claimed(harness, shards, subscription, { runLength: 1 }))
        await dispatch.clean(-HOUR_MS, 1_000_000, false)
        assert.equal(await dispatch.repair(HOUR_MS), 0)
        assert.deepEqual(await statuses(harness, subscription), ['pending'])
      },
    },
    {
      name: 'removes what is finished and no other',
      async run(harness) {
        const { dispatch } = harness.ports
        await dispatch.clean(-HOUR_MS, 1_000_000, false)
        const subscription = await subscribed(harness)
        await happened(harness, 3)
        const shards = await held(harness)
        await settle(harness, 'delivered', await claimed(harness, shards, subscription, { runLength: 2 }))
        assert.equal(await dispatch.clean(-HOUR_MS, 10, true), 2)
        assert.equal(await dispatch.clean(-HOUR_MS, 1, false), 1)
        assert.equal(await dispatch.clean(-HOUR_MS, 10, false), 1)
        assert.equal(await dispatch.clean(HOUR_MS, 10, false), 0)
        assert.deepEqual(await statuses(harness, subscription), ['pending'])
      },
    },
  ],
})
