import { createMemoryAdapters, freshId, manualClock } from '@daftari/testing'
import { expect, inject, it, onTestFinished } from 'vitest'
import { createPostgresAdapters, type PostgresAdapters } from '../src/index.ts'
import { castOf, happen, type Side } from './model/settlement.ts'
import { createDatabase } from './support/databases.ts'

/** More by `SETTLEMENT_RUNS=50000`. */
const RUNS = Number(process.env.SETTLEMENT_RUNS ?? 1000)
const LENGTH = 20
const PLANTED_RUNS = 500
const MS_PER_RUN = 300

interface Stage {
  readonly ports: PostgresAdapters
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
}

/** The database's clock cannot be moved on, so what is stored is moved back. */
const MOVE_BACK = [
  `update daftari.delivery set next_attempt_at = next_attempt_at - $2 * interval '1 ms' where owner_id = $1`,
  `update daftari.subscription set open_until = open_until - $2 * interval '1 ms' where owner_id = $1`,
]

/** Numbers from 0 to 1 that a seed makes, by Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function openStage(): Promise<Stage> {
  const database = await createDatabase(inject('serverUrl'))
  const ports = createPostgresAdapters({ connectionString: database.url })
  const pg = await import('pg')
  const client = new pg.default.Client({ connectionString: database.url })
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await ports.close()
    await database.drop()
  })
  return { ports, query: (text, values) => client.query(text, values) }
}

function inMemory(): Side {
  const clock = manualClock(new Date().toISOString())
  const ports = createMemoryAdapters({ clock })
  return { ports, ownerId: freshId(), advance: async (durationMs) => clock.advance(durationMs) }
}

function onPostgres({ ports, query }: Stage): Side {
  const ownerId = freshId<string>()
  return {
    ports,
    ownerId,
    async advance(durationMs) {
      for (const text of MOVE_BACK) await query(text, [ownerId, durationMs])
    },
  }
}

/** What was seen of one history on either side. */
async function both(stage: Stage, seed: number): Promise<readonly (readonly string[])[]> {
  const cast = castOf(seeded(seed))
  const memory = await happen(inMemory(), cast, seeded(seed + 1), LENGTH)
  const postgres = await happen(onPostgres(stage), cast, seeded(seed + 1), LENGTH)
  await stage.ports.dispatch.leave(cast.holder)
  return [memory, postgres]
}

/** The first history of so many that is not the same on both sides, or `null`. */
async function firstDifference(stage: Stage, first: number, runs: number): Promise<number | null> {
  for (let seed = first; seed < first + 2 * runs; seed += 2) {
    const [memory, postgres] = await both(stage, seed)
    if (`${memory}` === `${postgres}`) continue
    // The database's clock goes on by itself: a machine that stands still for seconds may be to blame, but not twice.
    const [again, andAgain] = await both(stage, seed)
    if (`${again}` !== `${andAgain}`) return seed
  }
  return null
}

it(
  `settles, claims and orders deliveries in the database as in memory, in ${RUNS} random histories`,
  async () => {
    const stage = await openStage()
    const first = Math.floor(Math.random() * 1_000_000) * 2
    console.log(`seed ${first}`)
    const different = await firstDifference(stage, first, RUNS)
    if (different === null) return
    const [memory, postgres] = await both(stage, different)
    expect(postgres, `seed ${different}`).toEqual(memory)
  },
  RUNS * MS_PER_RUN + 60_000,
)

it(
  'notices when failures below the threshold are not forgotten after a success',
  async () => {
    const stage = await openStage()
    const { rows } = await stage.query(
      `select pg_get_functiondef(oid) as text from pg_proc
        where pronamespace = 'daftari'::regnamespace and proname = 'settle_deliveries'`,
    )
    const sound = String(rows[0]?.text)
    const faulty = sound.replace(
      's.consecutive_failures > 0 and s.consecutive_failures < breaker_opens_after',
      'false',
    )
    expect(faulty).not.toBe(sound)
    await stage.query(faulty)
    expect(await firstDifference(stage, 2, PLANTED_RUNS)).not.toBeNull()
  },
  PLANTED_RUNS * MS_PER_RUN + 60_000,
)
