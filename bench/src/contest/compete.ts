import { strict as assert } from 'node:assert'
import { type Spread, spread } from '../measure.ts'
import type { Contender, Work } from './contender.ts'
import { ownTimeUs, serverTimeUs } from './processor-time.ts'

/** What one contender came to in all repetitions. */
export interface Score {
  readonly name: string
  readonly perSecond: Spread
  /** Processor time of one operation. */
  readonly nodeUs: number
  readonly serverUs: number | null
}

export interface Verdict {
  readonly against: string
  readonly ratio: Spread
  readonly least: number | null
  readonly isReached: boolean
}

export interface Competition {
  readonly scores: readonly Score[]
  readonly verdicts: readonly Verdict[]
}

interface Turn {
  readonly perSecond: number
  readonly nodeUs: number
  readonly serverUs: number | null
}

/**
 * All contenders in turns, so that whatever else the machine does meets all alike. The order turns from one repetition
 * to the next, the first one warms up and does not count, and a ratio is taken within one repetition.
 */
export async function compete(work: Work, repetitions: number, serverPid: number): Promise<Competition> {
  const turns = new Map<string, Turn[]>(work.contenders.map(({ name }) => [name, []]))
  for (let repetition = 0; repetition <= repetitions; repetition += 1) {
    const first = repetition % work.contenders.length
    const order = [...work.contenders.slice(first), ...work.contenders.slice(0, first)]
    for (const contender of order) {
      const turn = await takeTurn(work, contender, serverPid)
      if (repetition > 0) turns.get(contender.name)?.push(turn)
    }
    if (repetition === 0) await work.settle?.()
  }
  const of = (name: string): readonly Turn[] => turns.get(name) ?? []
  return {
    scores: work.contenders.map(({ name }) => score(name, of(name))),
    verdicts: work.targets.map(({ against, least }) => {
      const ratio = spread(
        of('ours').map((ours, index) => ours.perSecond / (of(against)[index]?.perSecond ?? 0)),
      )
      return { against, ratio, least, isReached: least === null || ratio.median >= least }
    }),
  }
}

async function takeTurn(work: Work, { name, prepare, run }: Contender, serverPid: number): Promise<Turn> {
  await prepare?.()
  const before = await work.count()
  const [nodeBefore, serverBefore] = [ownTimeUs(), serverTimeUs(serverPid)]
  const { operations, elapsedMs } = await run()
  const [nodeAfter, serverAfter] = [ownTimeUs(), serverTimeUs(serverPid)]
  const after = await work.count()
  const added = Object.fromEntries(
    Object.keys(before).map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)]),
  )
  assert.deepEqual(
    added,
    work.expected(operations),
    `${work.name}, ${name}: rows for ${operations} acknowledged`,
  )
  const isTimed = serverBefore !== null && serverAfter !== null
  return {
    perSecond: (operations / elapsedMs) * 1000,
    nodeUs: (nodeAfter - nodeBefore) / operations,
    serverUs: isTimed ? (serverAfter - serverBefore) / operations : null,
  }
}

function score(name: string, turns: readonly Turn[]): Score {
  const serverTimes = turns.flatMap(({ serverUs }) => (serverUs === null ? [] : [serverUs]))
  return {
    name,
    perSecond: spread(turns.map(({ perSecond }) => perSecond)),
    nodeUs: spread(turns.map(({ nodeUs }) => nodeUs)).median,
    serverUs: serverTimes.length === 0 ? null : spread(serverTimes).median,
  }
}
