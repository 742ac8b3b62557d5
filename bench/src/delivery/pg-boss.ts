import { strict as assert } from 'node:assert'
import { PgBoss } from 'pg-boss'
import type { Contender } from '../contest/contender.ts'
import type { Body } from './bodies.ts'
import { Countdown } from './countdown.ts'
import type { Stage } from './stage.ts'
import type { Receiver } from './start-receiver.ts'

const LEFT = `select count(*)::integer as left from pgboss.job where name = $1 and state < 'completed'`
const AT_ONCE = 5000
/** While some fetch or complete, others send. */
const LOOPS = 4
/** How many jobs at once; under the policy that keeps order, at most the first of each key. */
const SIZE = { plain: 500, ordered: 1000 } as const

interface Way {
  readonly name: string
  readonly isOrdered: boolean
  /** Fetches from `queue` and posts until all are done. */
  readonly drain: (boss: PgBoss, queue: string, all: number, take: Take) => Promise<void>
}

type Take = (jobs: readonly { readonly data: { readonly text: string } }[]) => Promise<void>

/** Its own workers, with much in a batch and the shortest pause that they take; in bursts, none while batches are full. */
function byWorker(isInBursts: boolean): Way {
  const pace = isInBursts ? { burstWhenBatchFull: true, localConcurrency: LOOPS } : {}
  return {
    name: isInBursts ? 'pg-boss, work() in bursts' : 'pg-boss, work()',
    isOrdered: true,
    async drain(boss, queue, all, take) {
      const done = new Countdown(all)
      const options = { batchSize: SIZE.ordered, pollingIntervalSeconds: 0.5, ...pace }
      await boss.work<{ text: string }>(queue, options, async (jobs) => {
        await take(jobs)
        for (const _ of jobs) done.count()
      })
      await done.over
      await boss.offWork(queue)
    },
  }
}

/** Without its worker: one loop of our own, that fetches a hundred and completes them. */
const byLoop: Way = loops('pg-boss, a loop', true, 1, 100)

/** Several, with as much at once as makes them fastest, and in any order. */
const byLoops: Way = loops('pg-boss, loops, no order', false, LOOPS, SIZE.plain)

function loops(name: string, isOrdered: boolean, count: number, batchSize: number): Way {
  return {
    name,
    isOrdered,
    async drain(boss, queue, all, take) {
      let left = all
      async function loop(): Promise<void> {
        while (left > 0) {
          const jobs = await boss.fetch<{ text: string }>(queue, { batchSize })
          left -= jobs.length
          await take(jobs)
          const ids = jobs.map(({ id }) => id)
          if (ids.length > 0) await boss.complete(queue, ids)
        }
      }
      await Promise.all(Array.from({ length: count }, loop))
    },
  }
}

export const pgBossWays = { byWorker, byLoop, byLoops } as const

/** Under the policy `key_strict_fifo`, jobs keep the order of their key. */
export function pgBoss(
  { connectionString, query }: Stage,
  { post }: Receiver,
  next: () => readonly Body[],
  { name, isOrdered, drain }: Way,
): Contender {
  const queue = isOrdered ? 'ordered' : 'plain'
  let all = 0
  async function open(): Promise<PgBoss> {
    const boss = new PgBoss({ connectionString, max: 2 * LOOPS, supervise: false, schedule: false })
    boss.on('error', (error) => console.error(error))
    await boss.start()
    return boss
  }
  return {
    name,
    async prepare() {
      const bodies = next()
      all = bodies.length
      const boss = await open()
      await boss.createQueue(queue, { policy: isOrdered ? 'key_strict_fifo' : 'standard' })
      await boss.deleteAllJobs()
      for (let first = 0; first < all; first += AT_ONCE) {
        const jobs = bodies.slice(first, first + AT_ONCE).map(({ text, eventId, aggregateId }) => ({
          // Jobs that were written at once follow in the order of their ids.
          id: eventId,
          data: { text },
          ...(isOrdered ? { singletonKey: aggregateId } : {}),
        }))
        await boss.insert(queue, jobs)
      }
      await boss.stop({ graceful: false })
      await query('vacuum analyze')
    },
    async run() {
      const boss = await open()
      const countdown = new Countdown(all)
      await drain(boss, queue, all, async (jobs) => {
        await Promise.all(
          jobs.map(async ({ data }) => {
            await post(data.text)
            countdown.count()
          }),
        )
      })
      const told = await countdown.run()
      await boss.stop({ graceful: false })
      const [row] = await query(LEFT, [queue])
      assert.equal(row?.left, 0, 'jobs are left')
      return told
    },
  }
}
