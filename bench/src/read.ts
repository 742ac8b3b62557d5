import { availableParallelism, loadavg } from 'node:os'
import { type BenchOptions, type Outcome, table } from './measure.ts'
import { type Latency, latencyOf } from './read/latency.ts'
import { openShelf, type ReadBooks } from './read/shelf.ts'
import {
  deepPageOfLarge,
  deepPages,
  firstPageOfLarge,
  firstPages,
  mixedSearches,
  monthOfLarge,
  otherViews,
  searchesByKind,
  type View,
} from './read/views.ts'

const SMALL_ROWS = 10_000

interface Target {
  readonly what: string
  readonly value: number
  readonly limit: string
  readonly isReached: boolean
}

/**
 * Views of generated books, asked of the adapters one after another as the application's role: the same page in small
 * and in large books, a sum with and without its index, and searches in the books of one large owner.
 */
export async function benchRead({ rows, isQuick }: BenchOptions): Promise<Outcome> {
  const isBusy = (loadavg()[0] ?? 0) > availableParallelism()
  const shelf = await openShelf((line) => console.error(line))
  try {
    const small = await shelf.add(SMALL_ROWS)
    const large = await shelf.add(rows)
    const { lines, targets } = await measured(small, large, isQuick ? 300 : 2000)
    console.log(table([['read', 'books', 'p50 ms', 'p99 ms'], ...lines]))
    console.log(table([['target', 'reached', 'limit', 'verdict'], ...targets.map(targetRow)]))
    const summary = targets.map(({ what, value }) => `${what} ${value.toFixed(2)}`).join(', ')
    return {
      isReached: targets.every(({ isReached }) => isReached),
      summary: `read ${summary}${isBusy ? ' (noisy machine)' : ''}`,
    }
  } finally {
    await shelf.close()
  }
}

function targetRow({ what, value, limit, isReached }: Target): string[] {
  return [what, value.toFixed(2), limit, isReached ? 'ok' : 'MISSED']
}

async function measured(
  small: ReadBooks,
  large: ReadBooks,
  calls: number,
): Promise<{ readonly lines: readonly string[][]; readonly targets: readonly Target[] }> {
  const lines: string[][] = []
  async function take(name: string, { rows }: ReadBooks, view: View, times = calls): Promise<Latency> {
    const latency = await latencyOf(view, times)
    lines.push([name, `${rows}`, latency.p50.toFixed(2), latency.p99.toFixed(2)])
    return latency
  }
  const firstSmall = await take('first page', small, firstPages(small))
  const deepSmall = await take('deep page', small, deepPages(small))
  const first = await take('first page', large, firstPages(large))
  const deep = await take('deep page', large, deepPages(large))
  const firstOfLarge = await take('first page, large owner', large, firstPageOfLarge(large))
  const deepOfLarge = await take('deep page, large owner', large, deepPageOfLarge(large))
  const found = await take('words, every kind in turn, large owner', large, mixedSearches(large))
  for (const [name, view] of Object.entries(searchesByKind(large))) {
    await take(`words, large owner: ${name}`, large, view, calls / 20)
  }
  for (const [name, view] of Object.entries(otherViews(large))) await take(name, large, view, calls / 20)
  const month = await take(
    'a month by category, large owner',
    large,
    monthOfLarge(large, large.adapters),
    calls / 20,
  )
  // Both hold the amounts: PostgreSQL 18 would skip through the second by category.
  const bare = await large.without(['daftari.expense_day_idx', 'daftari.expense_filed_idx'], (adapters) =>
    take('the same without its indexes', large, monthOfLarge(large, adapters), calls / 100),
  )
  return {
    lines,
    targets: [
      atMost('first page, large to small books', first.p50 / firstSmall.p50, 4),
      atMost('deep page, large to small books', deep.p50 / deepSmall.p50, 4),
      atMost('deep to first page', deep.p50 / first.p50, 2),
      atMost('deep to first page, large owner', deepOfLarge.p50 / firstOfLarge.p50, 2),
      atMost('month, with to without its indexes', month.p50 / bare.p50, 1 / 8),
      atMost('words, p99 in ms', found.p99, 50),
    ],
  }
}

function atMost(what: string, value: number, limit: number): Target {
  return { what, value, limit: `<= ${limit}`, isReached: value <= limit }
}
