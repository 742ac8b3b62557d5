/** What the repetitions of one measurement came to. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Whether the targets were reached, and the measurement in a few words. */
export interface Outcome {
  readonly isReached: boolean
  readonly summary: string
}

/** How much is measured. */
export interface BenchOptions {
  readonly isQuick: boolean
  /** How large the books are, where that matters. */
  readonly rows: number
}

/** Two ways to do the same, each giving the nanoseconds that one repetition took. */
export interface Pair {
  readonly ours: () => number
  readonly theirs: () => number
}

/**
 * The measurements of both, taken in turns so that whatever else the machine does meets both alike. The first turn warms
 * up and is thrown away; the order within a turn alternates.
 */
export function inTurns({ ours, theirs }: Pair, repetitions: number): { ours: number; theirs: number }[] {
  const turns: { ours: number; theirs: number }[] = []
  for (let turn = 0; turn <= repetitions; turn++) {
    const oursFirst = turn % 2 === 0 ? ours() : null
    const second = theirs()
    turns.push({ ours: oursFirst ?? ours(), theirs: second })
  }
  return turns.slice(1)
}

/**
 * The nanoseconds of processor time of one call of `work`, called `calls` times, with the garbage that it leaves.
 * Time on the clock would count whatever else runs on the machine, and that does not meet short and long turns alike.
 */
export function timed(calls: number, work: (call: number) => unknown): number {
  const start = process.cpuUsage()
  let last: unknown
  for (let call = 0; call < calls; call++) last = work(call)
  const { user, system } = process.cpuUsage(start)
  const elapsed = (user + system) * 1_000
  // Looking at the result also keeps the compiler from finding out that the work is for nothing.
  if (last === undefined) throw new Error('The timed work gave nothing')
  return elapsed / calls
}

/** Median, smallest and largest. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  }
}

/** Columns of a table, padded to stand under each other. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
