import { availableParallelism, loadavg } from 'node:os'
import { createPostgresAdapters } from '@daftari/adapters-postgres'
import { createBooks } from '@daftari/application'
import type { Competition } from './contest/compete.ts'
import { claimTimes } from './delivery/claim-time.ts'
import { firstAttemptMs } from './delivery/first-attempt.ts'
import { idleClaims } from './delivery/idle-claims.ts'
import { race } from './delivery/race.ts'
import { openStage, type Stage } from './delivery/stage.ts'
import { type BenchOptions, type Outcome, table } from './measure.ts'

/** From here on the measure itself moved so much that ratios say little. */
const NOISY = 0.5
const MOST_GROWTH = 1.5
const FIRST_ATTEMPT_MS = 20
const IDLE = 10_000
const MOST_IDLE_GROWTH = 2

interface Size {
  readonly events: number
  readonly repetitions: number
  readonly processed: number
  readonly attempts: number
}

const FULL: Size = { events: 40_000, repetitions: 5, processed: 150_000, attempts: 100 }
const QUICK: Size = { events: 6000, repetitions: 3, processed: 30_000, attempts: 30 }

interface Line {
  readonly cells: readonly string[]
  readonly summary: string
  readonly isReached: boolean
}

/**
 * How fast events reach a receiver that checks their order, against the same bodies without a database and against
 * queues that keep their jobs in PostgreSQL too; what a claim takes with much behind it; how soon an event is on its way.
 */
export async function benchDelivery({ isQuick }: BenchOptions): Promise<Outcome> {
  const { events, repetitions, processed, attempts } = isQuick ? QUICK : FULL
  const loadBefore = load()
  const stage = await openStage()
  try {
    const competition = await race(stage, events, repetitions)
    const lines = [
      await claimLine(stage, processed, false),
      await claimLine(stage, processed, true),
      await idleLine(stage),
      await attemptLine(stage, attempts, false),
      await attemptLine(stage, attempts, true),
    ]
    console.log()
    console.log(
      table([['dispatch', 'measured', 'range', 'target', 'verdict'], ...lines.map(({ cells }) => cells)]),
    )
    console.log(`load average ${loadBefore.toFixed(1)} before, ${load().toFixed(1)} after`)
    return outcomeOf(competition, lines, loadBefore > availableParallelism())
  } finally {
    await stage.close()
  }
}

async function claimLine(stage: Stage, processed: number, hasOldSnapshot: boolean): Promise<Line> {
  const { freshMs, behindMs } = await claimTimes(stage, processed, hasOldSnapshot)
  const growth = behindMs / freshMs
  const isReached = growth <= MOST_GROWTH
  const under = hasOldSnapshot ? ', an old snapshot held' : ''
  return {
    cells: [
      `claim with ${processed} behind it${under}`,
      `${growth.toFixed(2)}x`,
      `${freshMs.toFixed(2)} ms to ${behindMs.toFixed(2)} ms`,
      `<= ${MOST_GROWTH}x a fresh table's`,
      verdictOf(isReached),
    ],
    summary: `claim ${growth.toFixed(2)}x${under}`,
    isReached,
  }
}

async function idleLine(stage: Stage): Promise<Line> {
  const { fewMs, manyMs } = await idleClaims(stage, IDLE)
  const growth = manyMs / fewMs
  const isReached = growth <= MOST_IDLE_GROWTH
  return {
    cells: [
      `idle claim with ${IDLE} subscriptions`,
      `${growth.toFixed(2)}x`,
      `${fewMs.toFixed(2)} ms to ${manyMs.toFixed(2)} ms`,
      `<= ${MOST_IDLE_GROWTH}x that with 10`,
      verdictOf(isReached),
    ],
    summary: `idle claim ${growth.toFixed(2)}x`,
    isReached,
  }
}

async function attemptLine(stage: Stage, times: number, isElsewhere: boolean): Promise<Line> {
  const writers = createPostgresAdapters({ connectionString: stage.connectionString })
  try {
    const books = isElsewhere ? createBooks(writers) : stage.books
    const { median, min, max } = await firstAttemptMs(stage, books, times)
    const isReached = median <= FIRST_ATTEMPT_MS
    return {
      cells: [
        `commit to first attempt${isElsewhere ? ', written by others' : ''}`,
        ms(median),
        `${ms(min)}-${ms(max)}`,
        `<= ${FIRST_ATTEMPT_MS} ms`,
        verdictOf(isReached),
      ],
      summary: `first attempt after ${ms(median)}${isElsewhere ? ' elsewhere' : ''}`,
      isReached,
    }
  } finally {
    await writers.close()
  }
}

function outcomeOf(competition: Competition, lines: readonly Line[], isBusy: boolean): Outcome {
  const { verdicts, scores } = competition
  const ratios = verdicts.map(({ against, ratio }) => `${ratio.median.toFixed(2)}x ${against}`)
  const [anchor] = scores
  const moved =
    anchor === undefined ? 0 : (anchor.perSecond.max - anchor.perSecond.min) / anchor.perSecond.median
  const noise = isBusy || moved > NOISY ? ' (noisy machine)' : ''
  return {
    isReached: [...verdicts, ...lines].every(({ isReached }) => isReached),
    summary: `delivery ${[...ratios, ...lines.map(({ summary }) => summary)].join(', ')}${noise}`,
  }
}

function load(): number {
  return loadavg()[0] ?? 0
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function verdictOf(isReached: boolean): string {
  return isReached ? 'ok' : 'MISSED'
}
