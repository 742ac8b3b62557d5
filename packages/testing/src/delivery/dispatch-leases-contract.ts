import assert from 'node:assert/strict'
import { freshId } from '../builders/fresh.ts'
import type { Contract } from '../kernel/contract.ts'
import {
  claimed,
  givingBack,
  happened,
  held,
  settle,
  statuses,
  subscribed,
  versions,
} from './delivery-steps.ts'

const HOUR_MS = 3_600_000

/** Who may deliver: whoever holds the shard, under its latest token. */
export const dispatchLeasesContract: Contract = givingBack({
  name: 'dispatch leases',
  cases: [
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
