/** How many operations were acknowledged, and in what time. */
export interface Run {
  readonly operations: number
  readonly elapsedMs: number
}

/** One way to do a piece of work. */
export interface Contender {
  readonly name: string
  /** Puts there what a run uses up. Not measured. */
  prepare?(): Promise<void>
  run(): Promise<Run>
}

/** What the whole is worth: our own way against another. */
export interface Target {
  readonly against: string
  /** `null` where there is nothing to reach, only to see. */
  readonly least: number | null
}

/** Rows that a run adds, by the name of what they are; what it removes is below zero. */
export type Counts = Readonly<Record<string, number>>

/** A piece of work, the ways to do it (the first is the anchor, `ours` must be one), and how to see that it was done. */
export interface Work {
  readonly name: string
  readonly contenders: readonly Contender[]
  /** Called once, when everybody has warmed up. */
  readonly settle?: () => Promise<void>
  readonly targets: readonly Target[]
  readonly count: () => Promise<Counts>
  readonly expected: (operations: number) => Counts
}

/** As many as there are connections. */
export const WORKERS = 8

/** Every worker begins its next operation when the last is acknowledged, for so long. */
export async function closedLoop(
  durationMs: number,
  operation: (worker: number) => Promise<unknown>,
): Promise<Run> {
  const start = performance.now()
  let operations = 0
  async function work(worker: number): Promise<void> {
    while (performance.now() - start < durationMs) {
      await operation(worker)
      operations += 1
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)))
  return { operations, elapsedMs: performance.now() - start }
}

/** The workers share out so many pieces. */
export async function shareOut(pieces: number, operation: (piece: number) => Promise<unknown>): Promise<Run> {
  const start = performance.now()
  let next = 0
  async function work(): Promise<void> {
    while (next < pieces) await operation(next++)
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return { operations: pieces, elapsedMs: performance.now() - start }
}
