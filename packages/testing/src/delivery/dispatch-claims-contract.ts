import assert from 'node:assert/strict'
import { categoryEvent, settingsEvent } from '../builders/events.ts'
import { aCategory, someSettings } from '../builders/states.ts'
import type { Contract } from '../kernel/contract.ts'
import { change, otherBooks } from '../kernel/steps.ts'
import {
  claimed,
  deliveries,
  firstEventId,
  givingBack,
  happened,
  held,
  outcome,
  removed,
  settle,
  statuses,
  subscribed,
  versions,
} from './delivery-steps.ts'

const HOUR_MS = 3_600_000

/** What a dispatcher is given, in which order, and what becomes of it. */
export const dispatchClaimsContract: Contract = givingBack({
  name: 'dispatch claims',
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
      name: 'names the subscriptions that have something due, and are neither paused nor shut off',
      async run(harness) {
        const { dispatch } = harness.ports
        const due = await subscribed(harness)
        const paused = await subscribed(harness, { isPaused: true })
        const gone = await subscribed(harness)
        await happened(harness, 1)
        await removed(harness, gone)
        const own = [due, paused, gone].map(({ id }) => id as string)
        const named = async () => (await dispatch.waiting(1_000_000)).filter((id) => own.includes(id))
        assert.deepEqual(await named(), [due.id])
        await settle(harness, 'delivered', await claimed(harness, await held(harness), due))
        assert.deepEqual(await named(), [])
      },
    },
    {
      name: 'names those that wait in turn, where it names some of them',
      async run(harness) {
        const { dispatch } = harness.ports
        const own = new Set<string>()
        for (let count = 0; count < 3; count += 1) own.add((await subscribed(harness)).id)
        await happened(harness, 1)
        const all = (await dispatch.waiting(1_000_000)).length
        for (let count = 0; count < all; count += 1) {
          const ids = await dispatch.waiting(1)
          assert.equal(ids.length, 1)
          for (const id of ids) own.delete(id)
        }
        assert.equal(own.size, 0)
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
        const other = otherBooks(harness)
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
        const attempts = await ports.delivery.attempts(ownerId, subscription.id, firstEventId(list))
        assert.deepEqual(
          attempts.map(({ number, error }) => ({ number, error })),
          [{ number: 1, error: null }],
        )
      },
    },
  ],
})
