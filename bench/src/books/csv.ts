import { PLACES, PURPOSES, THINGS } from './plan.ts'

export interface CsvPlan {
  readonly rows: number
  readonly seed: number
  /** The last day on which anything was spent, `YYYY-MM-DD`. */
  readonly until: string
  readonly categories: readonly string[]
}

const DAY_MS = 24 * 60 * 60 * 1000
const ROWS_A_PIECE = 1000

/** Expenses as a spreadsheet would send them, a thousand lines a piece; the same for the same plan. */
export function* csvOfExpenses({ rows, seed, until, categories }: CsvPlan): Generator<string> {
  const roll = dice(seed)
  const pick = (texts: readonly string[]): string => texts[roll() % texts.length] ?? ''
  const last = Date.parse(until)
  let piece = 'date,category,amount,description\n'
  for (let row = 1; row <= rows; row += 1) {
    const date = new Date(last - (roll() % 730) * DAY_MS).toISOString().slice(0, 10)
    const description = roll() % 4 === 0 ? '' : `"${pick(PURPOSES)}: ${pick(THINGS)}, ${pick(PLACES)}"`
    piece += `${date},${pick(categories)},${500 + (roll() % 50_000)}.${roll() % 10}0,${description}\n`
    if (row % ROWS_A_PIECE > 0) continue
    yield piece
    piece = ''
  }
  yield piece
}

/** A small generator of numbers: the upper bits of a linear congruence. */
function dice(seed: number): () => number {
  let state = BigInt(seed) + 1n
  return () => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n)
    return Number(state >> 40n)
  }
}
