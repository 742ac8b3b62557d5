import { type Competition, compete } from '../contest/compete.ts'
import type { Contender, Counts, Target, Work } from '../contest/contender.ts'
import { scoreHead, scoreRows } from '../contest/score-table.ts'
import { table } from '../measure.ts'
import { type Body, BURST, bodies } from './bodies.ts'
import { graphileWorker } from './graphile-worker.ts'
import { ours } from './ours.ts'
import { pgBoss, pgBossWays } from './pg-boss.ts'
import type { Stage } from './stage.ts'
import { CONNECTIONS, type Receiver, startReceiver } from './start-receiver.ts'
import { Tally } from './tally.ts'
import { undiciPool } from './undici-pool.ts'

/**
 * Whoever may bring the events in any order does something else, and pg-boss in bursts was not there when the targets
 * were set: both are shown, and are not the measure.
 */
const TARGETS: readonly Target[] = [
  { against: 'undici pool', least: 0.3 },
  { against: 'graphile-worker', least: null },
  { against: 'graphile-worker, queue per aggregate', least: 2 },
  { against: 'pg-boss, work()', least: 3 },
  { against: 'pg-boss, a loop', least: 3 },
  { against: 'pg-boss, work() in bursts', least: null },
  { against: 'pg-boss, loops, no order', least: null },
]

const NOTES = `every event came once, as it was stored, and in order where order is promised, in every turn
all post over the same ${CONNECTIONS} connections to one receiver, a process of its own; under way are 16 for the pool and
graphile-worker, which are slower with more, a batch for pg-boss, and ${CONNECTIONS} for ours
the time runs from the start of dispatching to the last receipt; everybody's events are stored before, in bulk
ours passes the stored text on; in process, a registered handler is given the event
graphile-worker: its start is part of its time
pg-boss: ordered by key_strict_fifo, unless it says otherwise; work(): one worker at its shortest pause of 0.5 s and 1,000
jobs in a batch; in bursts: four, without a pause while batches are full; a loop: fetches a hundred and completes them`

/** So many events, in bursts, by everybody in turns. */
export async function race(stage: Stage, events: number, repetitions: number): Promise<Competition> {
  const receiver = await startReceiver()
  try {
    const disorder = new Map<string, number>()
    const work = deliveryWork(stage, receiver, events, disorder)
    const competition = await compete(work, repetitions, stage.serverPid)
    console.log(table([scoreHead('delivery'), ...scoreRows(work.name, competition)]))
    console.log(NOTES)
    for (const [name, times] of disorder) console.log(`${name} promises no order: ${times} came out of order`)
    return competition
  } finally {
    await receiver.stop()
  }
}

function deliveryWork(stage: Stage, receiver: Receiver, events: number, disorder: Map<string, number>): Work {
  const local = new Tally()
  stage.handler = async (event) => local.take(JSON.stringify(event))
  let run = 0
  const next = (): readonly Body[] => bodies(++run, events / BURST)
  const unordered = (contender: Contender): Contender => withoutOrder(contender, receiver, disorder)
  return {
    name: `${events} events`,
    contenders: [
      undiciPool(receiver, next),
      ours('ours', stage, next, ({ body }) => receiver.post(body)),
      unordered(graphileWorker(stage, receiver, next, false)),
      graphileWorker(stage, receiver, next, true),
      pgBoss(stage, receiver, next, pgBossWays.byWorker(false)),
      pgBoss(stage, receiver, next, pgBossWays.byWorker(true)),
      pgBoss(stage, receiver, next, pgBossWays.byLoop),
      unordered(pgBoss(stage, receiver, next, pgBossWays.byLoops)),
      ours('ours, in process', stage, next, stage.toHandler),
    ],
    targets: TARGETS,
    async count() {
      const [there, here] = [await receiver.received(), local.counts()]
      const excused = [...disorder.values()].reduce((sum, times) => sum + times, 0)
      return {
        received: there.received + here.received,
        duplicates: there.duplicates + here.duplicates,
        outOfOrder: there.outOfOrder + here.outOfOrder - excused,
        wrong: there.wrong + here.wrong,
      } satisfies Counts
    },
    expected: (received) => ({ received, duplicates: 0, outOfOrder: 0, wrong: 0 }),
  }
}

/** Its disorder is noted, and not held against it. */
function withoutOrder(
  contender: Contender,
  { received }: Receiver,
  disorder: Map<string, number>,
): Contender {
  return {
    ...contender,
    async run() {
      const before = await received()
      const run = await contender.run()
      const { outOfOrder } = await received()
      const times = outOfOrder - before.outOfOrder
      disorder.set(contender.name, (disorder.get(contender.name) ?? 0) + times)
      return run
    },
  }
}
