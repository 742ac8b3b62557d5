import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { at } from '../kernel/fresh.ts'
import { change } from '../kernel/steps.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'
import {
  appended,
  claimed,
  firstEventId,
  held,
  outcome,
  releasingShards,
  settle,
  skipped,
  statuses,
  subscribed,
  versions,
} from './delivery-steps.ts'

const HOUR_MS = 3_600_000

/** Deliveries that fail, that are dead or missing, and that are finished long ago. */
export const dispatchUpkeepContract: Contract = releasingShards({
  name: 'dispatch upkeep',
  cases: [
    {
      name: 'parks deliveries behind a dead one of the same aggregate, and resumes them when it is skipped',
      async run(harness) {
        const subscription = await subscribed(harness)
        const id = await appended(harness, 2)
        const shards = await held(harness)
        const list = await claimed(harness, shards, subscription, { runLength: 1 })
        await settle(harness, 'dead', list)
        const third = categoryEvent('category.updated', { after: aCategory({ id, version: 3 }) })
        await change(harness, (tx) => tx.events.append([third]))
        assert.deepEqual(await statuses(harness, subscription), ['dead', 'parked', 'parked'])
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        await skipped(harness, subscription.id, firstEventId(list))
        assert.deepEqual(await statuses(harness, subscription), ['cancelled', 'pending', 'pending'])
        assert.deepEqual(versions(await claimed(harness, shards, subscription)), [2, 3])
      },
    },
    {
      name: 'claims nothing of a subscription after ten failures in a row',
      async run(harness) {
        const { ports } = harness
        const subscription = await subscribed(harness)
        for (let count = 0; count < 10; count += 1) await appended(harness, 1)
        const shards = await held(harness)
        const before = await ports.dispatch.unclaimable([subscription.id])
        await settle(harness, 'failed', await claimed(harness, shards, subscription))
        assert.deepEqual(await claimed(harness, shards, subscription), [])
        assert.equal(await ports.dispatch.unclaimable([subscription.id]), before + 10)
      },
    },
    {
      name: 'makes failed deliveries due at once, and dead ones only on request',
      async run(harness) {
        const { dispatch } = harness.ports
        const subscription = await subscribed(harness)
        await appended(harness, 1)
        await appended(harness, 1)
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
      name: 'repairs nothing when no delivery is missing, and does not bring back what clean removed',
      async run(harness) {
        const { dispatch } = harness.ports
        const subscription = await subscribed(harness, { createdAt: at('2026-01-01T00:00:00.000Z') })
        await appended(harness, 2)
        const shards = await held(harness)
        await settle(harness, 'delivered', await claimed(harness, shards, subscription, { runLength: 1 }))
        await dispatch.clean(-HOUR_MS, 1_000_000, false)
        assert.equal(await dispatch.repair(HOUR_MS), 0)
        assert.deepEqual(await statuses(harness, subscription), ['pending'])
      },
    },
    {
      name: 'removes finished deliveries and no others',
      async run(harness) {
        const { dispatch } = harness.ports
        await dispatch.clean(-HOUR_MS, 1_000_000, false)
        const subscription = await subscribed(harness)
        await appended(harness, 3)
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
