import { z } from 'zod'
import { bodyOf } from './bodies.ts'

/** What somebody has received. */
export interface Received {
  readonly received: number
  readonly duplicates: number
  /** Came when another version of its aggregate was the next. */
  readonly outOfOrder: number
  /** Not, byte for byte, what was stored. */
  readonly wrong: number
}

const mark = z.object({ subject: z.string(), aggregateversion: z.number() })

/** Counts events and looks at each: at its bytes, and whether it is the next of its aggregate. */
export class Tally {
  readonly #seen = new Map<string, Set<number>>()
  #counts = { received: 0, duplicates: 0, outOfOrder: 0, wrong: 0 }

  take(text: string): void {
    this.#counts.received += 1
    const { subject, aggregateversion: version } = mark.parse(JSON.parse(text))
    if (text !== bodyOf(subject, version).text) this.#counts.wrong += 1
    const seen = this.#seen.get(subject) ?? new Set()
    this.#seen.set(subject, seen)
    if (seen.has(version)) this.#counts.duplicates += 1
    else if (version !== seen.size + 1) this.#counts.outOfOrder += 1
    seen.add(version)
  }

  counts(): Received {
    return { ...this.#counts }
  }
}
