import { strict as assert } from 'node:assert'
import type { HeldShard } from '@daftari/application'
import { openPool } from '../contest/open-pool.ts'
import { BURST, bodies } from './bodies.ts'
import { openStage, type Stage } from './stage.ts'

const CYCLE = 1000
const BATCH = 100
const LEASE_MS = 3_600_000
const ROUNDS = 30

export interface ClaimTimes {
  /** Of one claim, on average, those that find nothing more included. */
  readonly freshMs: number
  readonly behindMs: number
}

/**
 * What a claim takes, asked as a dispatcher asks while it runs, with so many finished deliveries behind it. Events come
 * a thousand at a time, and are claimed and settled a hundred at a time. In turns with the same on a table that was
 * just emptied, since the machine itself is now faster and now slower.
 */
export async function claimTimes(
  stage: Stage,
  processed: number,
  hasOldSnapshot: boolean,
): Promise<ClaimTimes> {
  const fresh = await openStage()
  const [few, many] = [await openLine(fresh), await openLine(stage)]
  const others = openPool(stage.connectionString, 1)
  const other = await others.connect()
  try {
    // Both processes have done it often when it counts.
    await few.process(processed / 10)
    await many.process(processed / 5)
    if (hasOldSnapshot) {
      await other.query('begin isolation level repeatable read')
      await other.query('select count(*) from daftari.delivery')
    }
    await many.process((processed * 4) / 5)
    const [freshMs, behindMs]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round += 1) {
      await fresh.clear()
      freshMs.push(await few.process(CYCLE))
      behindMs.push(await many.process(CYCLE))
    }
    await other.query('rollback')
    return { freshMs: mean(freshMs), behindMs: mean(behindMs) }
  } finally {
    other.release()
    await others.end()
    await many.close()
    await fresh.close()
  }
}

interface Line {
  /** So many more events, and how many milliseconds a claim took on average. */
  process(events: number): Promise<number>
  close(): Promise<void>
}

/** An empty table, and whoever holds all shards. */
async function openLine(stage: Stage): Promise<Line> {
  await stage.clear()
  const { dispatch, ids } = stage.adapters
  const holder = ids.next()
  const { shards } = await dispatch.lease({ holder, leaseMs: LEASE_MS, giveUp: [], takesNewTokens: false })
  assert.equal(shards.length, 32, 'shards are held by somebody else')
  let run = 0
  return {
    async process(events) {
      const times: number[] = []
      for (let cycle = 0; cycle < events / CYCLE; cycle += 1) {
        run += 1
        await stage.store(bodies(run, CYCLE / BURST))
        times.push(await claimAll(stage, shards))
      }
      return mean(times)
    },
    close: () => dispatch.leave(holder),
  }
}

async function claimAll({ adapters, handlerId }: Stage, shards: readonly HeldShard[]): Promise<number> {
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
    mayMissLateCommits: true,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
