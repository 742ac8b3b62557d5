import { availableParallelism, loadavg } from 'node:os'
import { type Competition, compete } from './contest/compete.ts'
import { scoreHead, scoreRows } from './contest/score-table.ts'
import { type BenchOptions, type Outcome, table } from './measure.ts'
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
    const rows: string[][] = [scoreHead('write')]
    const competitions: Competition[] = []
    for (const work of works) {
      const competition = await compete(work, isQuick ? 5 : 7, stage.serverPid)
      competitions.push(competition)
      rows.push(...scoreRows(work.name, competition))
    }
    console.log(table(rows))
    console.log('rows, events and acknowledgements agree after every turn')
    console.log(`load average ${loadBefore.toFixed(1)} before, ${load().toFixed(1)} after`)
    return outcomeOf(competitions, loadBefore > availableParallelism())
  } finally {
    await stage.close()
  }
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
