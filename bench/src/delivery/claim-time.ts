import { strict as assert } from 'node:assert'
import type { HeldShard, Lease } from '@daftari/application'
import { openPool } from '../contest/open-pool.ts'
import { BURST, bodies } from './bodies.ts'
import type { Stage } from './stage.ts'

const CYCLE = 1000
const BATCH = 100
const LEASE_MS = 3_600_000

export interface ClaimTimes {
  /** Of one claim, on average, those that find nothing more included. */
  readonly freshMs: number
  readonly behindMs: number
}

/**
 * As a dispatcher asks while it runs. Events come a thousand at a time and are claimed and settled a hundred at a time, until so many are behind: what a
 * claim takes in the first of these rounds and in the last.
 */
export async function claimTimes(
  stage: Stage,
  processed: number,
  hasOldSnapshot: boolean,
): Promise<ClaimTimes> {
  await stage.clear()
  const dispatch = stage.adapters.dispatch
  const holder = stage.adapters.ids.next()
  const others = openPool(stage.connectionString, 1)
  const other = await others.connect()
  try {
    const lease = await dispatch.lease({ holder, leaseMs: LEASE_MS, giveUp: [], isAnew: false })
    assert.equal(lease.shards.length, 32, 'shards are held by somebody else')
    const events = bodies(0, processed / BURST)
    const cycles = processed / CYCLE
    const counted = Math.ceil(cycles / 10)
    const times: number[] = []
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      if (hasOldSnapshot && cycle === 2 * counted) {
        await other.query('begin isolation level repeatable read')
        await other.query('select count(*) from daftari.delivery')
      }
      await stage.store(events.slice(cycle * CYCLE, (cycle + 1) * CYCLE))
      times.push(await claimAll(stage, lease))
    }
    await other.query('rollback')
    const warm = times.slice(counted, 2 * counted)
    const last = times.slice(-counted)
    return { freshMs: mean(warm), behindMs: mean(last) }
  } finally {
    await dispatch.leave(holder)
    other.release()
    await others.end()
  }
}

async function claimAll({ adapters, handlerId }: Stage, { shards }: Lease): Promise<number> {
  let [spent, claims, done] = [0, 0, 0]
  for (;;) {
    const start = performance.now()
    const claimed = await adapters.dispatch.claim(requestOf(shards, handlerId))
    spent += performance.now() - start
    claims += 1
    if (claimed.length === 0) break
    const at = adapters.clock.now()
    done += await adapters.dispatch.settle(
      claimed.map((one) => ({ claimed: one, at, durationMs: 1, result: 'delivered' })),
    )
  }
  assert.equal(done, CYCLE)
  return spent / claims
}

function requestOf(shards: readonly HeldShard[], subscriptionId: string) {
  return {
    shards,
    wanted: [{ subscriptionId, limit: BATCH }],
    runLength: BURST,
    probeMs: 1000,
    isHasty: true,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
