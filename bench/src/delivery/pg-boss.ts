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

/** Jobs are fetched many at once and completed many at once. Under `key_strict_fifo` they keep the order of their key. */
export function pgBoss(
  { connectionString, query }: Stage,
  { post }: Receiver,
  next: () => readonly Body[],
  isOrdered: boolean,
): Contender {
  const queue = isOrdered ? 'ordered' : 'plain'
  const batchSize = isOrdered ? 1000 : 500
  let all = 0
  async function open(): Promise<PgBoss> {
    const boss = new PgBoss({ connectionString, max: 2 * LOOPS, supervise: false, schedule: false })
    boss.on('error', (error) => console.error(error))
    await boss.start()
    return boss
  }
  return {
    name: isOrdered ? 'pg-boss, key_strict_fifo' : 'pg-boss',
    async prepare() {
      const bodies = next()
      all = bodies.length
      const boss = await open()
      await boss.createQueue(queue, { policy: isOrdered ? 'key_strict_fifo' : 'standard' })
      await boss.deleteAllJobs(queue)
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
      let left = all
      async function loop(): Promise<void> {
        while (left > 0) {
          const jobs = await boss.fetch<{ text: string }>(queue, { batchSize })
          left -= jobs.length
          await Promise.all(
            jobs.map(async ({ data }) => {
              await post(data.text)
              countdown.count()
            }),
          )
          const ids = jobs.map(({ id }) => id)
          if (ids.length > 0) await boss.complete(queue, ids)
        }
      }
      await Promise.all(Array.from({ length: LOOPS }, loop))
      const told = await countdown.run()
      await boss.stop({ graceful: false })
      const [row] = await query(LEFT, [queue])
      assert.equal(row?.left, 0, 'jobs are left')
      return told
    },
  }
}
