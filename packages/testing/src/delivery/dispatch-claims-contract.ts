import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { change, otherBooks } from '../kernel/steps.ts'
import { settingsEvent, someSettings } from '../settings/settings-builders.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'
import {
  appended,
  claimed,
  deliveries,
  firstEventId,
  held,
  outcome,
  releasingShards,
  removed,
  settle,
  statuses,
  subscribed,
  versions,
} from './delivery-steps.ts'

const HOUR_MS = 3_600_000

/** Which deliveries a dispatcher can claim, in which order, and what becomes of a claim that is settled. */
export const dispatchClaimsContract: Contract = releasingShards({
  name: 'dispatch claims',
  cases: [
    {
      name: 'writes one delivery for each event and each subscription to its type, with the event',
      async run(harness) {
        const all = await subscribed(harness)
        const some = await subscribed(harness, { eventTypes: ['category.created'] })
        await appended(harness, 2)
        const shards = await held(harness)
        assert.deepEqual(versions(await claimed(harness, shards, all)), [1, 2])
        assert.deepEqual(versions(await claimed(harness, shards, some)), [1])
      },
    },
    {
      name: 'writes no delivery of an audit-only event, not even to a subscription to all types',
      async run(harness) {
        const subscription = await subscribed(harness)
        await change(harness, (tx) =>
          tx.events.append([settingsEvent({ after: someSettings(harness.ownerId) })]),
        )
        assert.deepEqual(await deliveries(harness, subscription), [])
      },
    },
    {
      name: 'lists the subscriptions that have a due delivery and are neither paused nor shut off',
      async run(harness) {
        const { dispatch } = harness.ports
        const due = await subscribed(harness)
        const paused = await subscribed(harness, { isPaused: true })
        const gone = await subscribed(harness)
        await appended(harness, 1)
        await removed(harness, gone)
        const own = [due, paused, gone].map(({ id }) => id as string)
        const named = async () => (await dispatch.waiting(1_000_000)).filter((id) => own.includes(id))
        assert.deepEqual(await named(), [due.id])
        await settle(harness, 'delivered', await claimed(harness, await held(harness), due))
        assert.deepEqual(await named(), [])
      },
    },
    {
      name: 'lists subscriptions with a due delivery in turn when there are more than the limit',
      async run(harness) {
        const { dispatch } = harness.ports
        const own = new Set<string>()
        for (let count = 0; count < 3; count += 1) own.add((await subscribed(harness)).id)
        await appended(harness, 1)
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
      name: 'writes no delivery of an event that was rolled back',
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
      name: 'claims each delivery with the exact record of its event, for every owner',
      async run(harness) {
        const other = otherBooks(harness)
        const subscription = await subscribed(other)
        const id = await appended(other, 1)
        const [one] = await claimed(harness, await held(harness), subscription)
        const page = { before: null, limit: 1 }
        const [record] = await harness.ports.queries.history.list(other.ownerId, 'category', id, page)
        assert.deepEqual(one?.event, record)
        assert.equal(one?.ownerId, other.ownerId)
      },
    },
    {
      name: 'counts an attempt when a delivery is claimed, and takes it back when the delivery is released',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 1)
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
      name: 'skips deliveries that are in flight, and later ones of the same aggregate',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 3)
        const shards = await held(harness)
        assert.deepEqual(versions(await claimed(harness, shards, subscription, { runLength: 2 })), [1, 2])
        assert.deepEqual(await claimed(harness, shards, subscription), [])
      },
    },
    {
      name: 'claims nothing after an unfinished delivery of an aggregate, and goes on with other aggregates',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 2)
        const shards = await held(harness)
        const [first, second] = [...(await claimed(harness, shards, subscription))].sort(
          (a, b) => a.event.aggregateVersion - b.event.aggregateVersion,
        )
        assert.ok(first && second)
        await harness.ports.dispatch.settle([outcome(first, 'failed', HOUR_MS), outcome(second, 'released')])
        const other = await appended(harness, 1)
        const next = await claimed(harness, shards, subscription)
        assert.deepEqual(
          next.map(({ event }) => event.aggregateId),
          [other],
        )
      },
    },
    {
      name: 'claims no more deliveries than the limit, the earliest versions first',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 9)
        const some = await claimed(harness, await held(harness), subscription, { limit: 4 })
        assert.deepEqual(versions(some), [1, 2, 3, 4])
      },
    },
    {
      name: 'never claims again what was delivered, and keeps its attempt',
      async run(harness) {
        const { ports, ownerId } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 1)
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
