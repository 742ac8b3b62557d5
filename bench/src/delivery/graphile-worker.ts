import { strict as assert } from 'node:assert'
import { Logger, type Runner, run, runMigrations } from 'graphile-worker'
import type { Contender } from '../contest/contender.ts'
import type { Body } from './bodies.ts'
import { Countdown } from './countdown.ts'
import type { Stage } from './stage.ts'
import type { Receiver } from './start-receiver.ts'

const LEFT = 'select count(*)::integer as left from graphile_worker._private_jobs'
const CLEAR = 'truncate graphile_worker._private_jobs, graphile_worker._private_job_queues'
const ADD = `select count(*) from graphile_worker.add_jobs(array(
  select row('send', json_build_object('text', b.text), b.queue, now() - interval '1 s' + b.place * interval '1 us',
    null, null, null, null)::graphile_worker.job_spec
  from unnest($1::text[], $2::text[]) with ordinality as b (text, queue, place) order by b.place))`
const STORED_AT_ONCE = 5000

const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(message)
})

/** With fewer or more under way it is slower. */
const AT_ONCE = 16
/** A batch is of this size before those are left out whose queue is in it already: of a burst, all but the first. */
const SIZE = { plain: 500, ordered: 4000 } as const

/** Jobs are fetched many at once and completed many at once. In named queues, one for each aggregate, they keep order. */
export function graphileWorker(
  { connectionString, query }: Stage,
  { post }: Receiver,
  next: () => readonly Body[],
  isOrdered: boolean,
): Contender {
  let all = 0
  return {
    name: isOrdered ? 'graphile-worker, queue per aggregate' : 'graphile-worker',
    async prepare() {
      await runMigrations({ connectionString, logger })
      const bodies = next()
      all = bodies.length
      await query(CLEAR)
      for (let first = 0; first < all; first += STORED_AT_ONCE) {
        const some = bodies.slice(first, first + STORED_AT_ONCE)
        await query(ADD, [
          some.map(({ text }) => text),
          some.map(({ aggregateId }) => (isOrdered ? aggregateId : null)),
        ])
      }
      await query('vacuum analyze')
    },
    async run() {
      const countdown = new Countdown(all)
      let runner: Runner | null = null
      try {
        runner = await run({
          connectionString,
          maxPoolSize: AT_ONCE + 2,
          logger,
          concurrency: AT_ONCE,
          noHandleSignals: true,
          preset: {
            worker: { localQueue: { size: isOrdered ? SIZE.ordered : SIZE.plain }, completeJobBatchDelay: 0 },
          },
          taskList: {
            async send(payload) {
              await post((payload as { text: string }).text)
              countdown.count()
            },
          },
        })
        const told = await countdown.run()
        await runner.stop()
        runner = null
        const [row] = await query(LEFT)
        assert.equal(row?.left, 0, 'jobs are left')
        return told
      } finally {
        await runner?.stop()
      }
    },
  }
}
