import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import {
  appended,
  claimed,
  held,
  releasingShards,
  settle,
  statuses,
  subscribed,
  versions,
} from './delivery-steps.ts'

const HOUR_MS = 3_600_000

/** Only the holder of a shard's latest token may deliver. */
export const dispatchLeasesContract: Contract = releasingShards({
  name: 'dispatch leases',
  cases: [
    {
      name: 'F06 ignores outcomes of claims made under an expired token',
      async run(harness) {
        const { ports } = harness
        const subscription = await subscribed(harness)
        await appended(harness, 1)
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
      name: 'claims a lost delivery alone, without later ones of its aggregate',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 2)
        const holder = freshId()
        await claimed(harness, await held(harness, holder), subscription)
        await harness.ports.dispatch.leave(holder)
        assert.deepEqual(versions(await claimed(harness, await held(harness), subscription)), [1])
      },
    },
    {
      name: 'counts each outcome once',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 1)
        const list = await claimed(harness, await held(harness), subscription)
        assert.equal(await settle(harness, 'delivered', list), 1)
        assert.equal(await settle(harness, 'failed', list), 0)
        assert.deepEqual(await statuses(harness, subscription), ['delivered'])
      },
    },
    {
      name: 'claims nothing for a dispatcher that no longer holds the shards',
      async run(harness) {
        const subscription = await subscribed(harness)
        await appended(harness, 1)
        const holder = freshId()
        const shards = await held(harness, holder)
        await harness.ports.dispatch.leave(holder)
        assert.deepEqual(await claimed(harness, shards, subscription), [])
      },
    },
    {
      name: 'divides the shards among dispatchers, each shard held by one',
      async run(harness) {
        const [one, other] = [freshId(), freshId()]
        const all = await held(harness, one)
        const { dispatch } = harness.ports
        assert.deepEqual(await held(harness, other), [])
        const renewed = await dispatch.lease({
          holder: one,
          leaseMs: HOUR_MS,
          giveUp: [],
          takesNewTokens: false,
        })
        assert.equal(renewed.surplus, all.length / 2)
        const giveUp = all.slice(0, renewed.surplus).map(({ shard }) => shard)
        await dispatch.lease({ holder: one, leaseMs: HOUR_MS, giveUp, takesNewTokens: false })
        assert.deepEqual(
          (await held(harness, other)).map(({ shard }) => shard),
          giveUp,
        )
      },
    },
  ],
})
