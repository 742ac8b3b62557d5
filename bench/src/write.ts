import { availableParallelism, loadavg } from 'node:os'
import { type BenchOptions, type Outcome, table } from './measure.ts'
import { type Competition, compete } from './write/compete.ts'
import { findPgbench } from './write/pgbench.ts'
import { openStage } from './write/stage.ts'
import { createExpenseWork, mergeCategoryWork, recordPaymentWork } from './write/works.ts'

/** From here on the measure itself moved so much that ratios say little. */
const NOISY = 0.5

function load(): number {
  return loadavg()[0] ?? 0
}

/**
 * Our writes on a durable PostgreSQL, walls and all, against the same work by pgbench with prepared statements, which
 * does no work of its own, and by a plain transaction of Kysely.
 */
export async function benchWrite({ isQuick }: BenchOptions): Promise<Outcome> {
  const pgbench = findPgbench()
  const loadBefore = load()
  const stage = await openStage()
  try {
    const setting = { stage, pgbench, isQuick, durationMs: isQuick ? 1000 : 2000 }
    const works = [createExpenseWork(setting), recordPaymentWork(setting), mergeCategoryWork(setting)]
    const rows: string[][] = [HEAD]
    const competitions: Competition[] = []
    for (const work of works) {
      const competition = await compete(work, isQuick ? 5 : 7, stage.serverPid)
      competitions.push(competition)
      rows.push(...rowsOf(work.name, competition))
    }
    console.log(table(rows))
    console.log('rows, events and acknowledgements agree after every turn')
    console.log(`load average ${loadBefore.toFixed(1)} before, ${load().toFixed(1)} after`)
    return outcomeOf(competitions, loadBefore > availableParallelism())
  } finally {
    await stage.close()
  }
}

const HEAD = [
  ...['write', 'by', 'per second', 'range', 'Node us', 'PG us'],
  ...['ours to it', 'range', 'target', 'verdict'],
]

function rowsOf(name: string, { scores, verdicts }: Competition): string[][] {
  return scores.map(({ name: by, perSecond, nodeUs, serverUs }) => {
    const { median, min, max } = perSecond
    const verdict = verdicts.find(({ against }) => against === by)
    return [
      ...[name, by, median.toFixed(0), `${min.toFixed(0)}-${max.toFixed(0)}`],
      ...[by === 'pgbench' ? '-' : nodeUs.toFixed(0), serverUs === null ? '?' : serverUs.toFixed(0)],
      ...(verdict === undefined
        ? []
        : [
            `${verdict.ratio.median.toFixed(2)}x`,
            `${verdict.ratio.min.toFixed(2)}-${verdict.ratio.max.toFixed(2)}`,
            `>= ${verdict.least}x`,
            verdict.isReached ? 'ok' : 'MISSED',
          ]),
    ]
  })
}

function outcomeOf(competitions: readonly Competition[], isBusy: boolean): Outcome {
  const verdicts = competitions.flatMap((one) => one.verdicts)
  const ratios = verdicts.map(({ against, ratio }) => `${ratio.median.toFixed(2)}x ${against}`).join(', ')
  const hasMoved = competitions.some(({ scores: [anchor] }) => {
    if (anchor === undefined) return false
    const { median, min, max } = anchor.perSecond
    return (max - min) / median > NOISY
  })
  return {
    isReached: verdicts.every(({ isReached }) => isReached),
    summary: `write ${ratios}${isBusy || hasMoved ? ' (noisy machine)' : ''}`,
  }
}
