import { bodyIn } from './bodies.ts'

/** What somebody has received. */
export interface Received {
  readonly received: number
  readonly duplicates: number
  /** Came when another version of its aggregate was the next. */
  readonly outOfOrder: number
  /** Not, byte for byte, what was stored. */
  readonly wrong: number
}

/** Counts events and looks at each: at its bytes, and whether it is the next of its aggregate. */
export class Tally {
  /** A bit for each version that came. */
  readonly #seen = new Map<string, number>()
  #counts = { received: 0, duplicates: 0, outOfOrder: 0, wrong: 0 }

  take(text: string): void {
    this.#counts.received += 1
    const { aggregateId, version, text: stored } = bodyIn(text)
    if (text !== stored) this.#counts.wrong += 1
    const seen = this.#seen.get(aggregateId) ?? 0
    const bit = 1 << (version - 1)
    if ((seen & bit) !== 0) this.#counts.duplicates += 1
    else if (seen !== bit - 1) this.#counts.outOfOrder += 1
    this.#seen.set(aggregateId, seen | bit)
  }

  counts(): Received {
    return { ...this.#counts }
  }
}
