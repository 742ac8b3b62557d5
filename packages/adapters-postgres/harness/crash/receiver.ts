import type { Sent } from './messages.ts'

const REFUSED = 0.1
const LOST = 0.03
/** What was begun before another was heard of may arrive a moment after it. */
const SLACK_MS = 20
/** So soon after a process goes on, it does what it was stopped in the middle of. */
const GOING_ON_MS = 100

export const CLAIMS = [
  'lost',
  'without a change',
  'undelivered',
  'out of order',
  'version gaps',
  'sent without a lease',
  'changed without a lease',
] as const

export type Claim = (typeof CLAIMS)[number]

interface Holder {
  token: bigint
  /** When something was sent under it for the first time. */
  since: number
}

/** Hears everything that all children send, and says what must not have happened. */
export class Receiver {
  readonly violations: { readonly claim: Claim; readonly round: number; readonly detail: string }[] = []
  readonly received = new Set<string>()
  round = 0
  duplicates = 0
  /** Answers everything, as soon as it can. */
  isCalm = false
  readonly #versions = new Map<string, number>()
  #goneOnAt: number | null = null
  readonly #holders = new Map<number, Holder>()

  violated(claim: Claim, detail: string): void {
    this.violations.push({ claim, round: this.round, detail })
  }

  /**
   * A process that stood still goes on. It may have been stopped between looking at its lease and sending: one event
   * comes late then, which no lease can prevent. More than one is a violation.
   */
  goesOn(): void {
    this.#goneOnAt = Date.now()
  }

  /** Whether it is accepted; `null` for an answer that is lost. */
  hear(sent: Sent): boolean | null {
    this.#checkLease(sent)
    if (!this.isCalm && Math.random() < REFUSED) return false
    this.#arrive(sent)
    return !this.isCalm && Math.random() < LOST ? null : true
  }

  #arrive({ eventId, aggregateId, version }: Sent): void {
    if (this.received.has(eventId)) {
      this.duplicates += 1
      return
    }
    this.received.add(eventId)
    const last = this.#versions.get(aggregateId) ?? 0
    this.#versions.set(aggregateId, Math.max(last, version))
    if (version !== last + 1)
      this.violated('out of order', `${aggregateId} arrived as ${version} after ${last}`)
  }

  #checkLease({ shard, token: text, begunAt, eventId }: Sent): void {
    const token = BigInt(text)
    const holder = this.#holders.get(shard)
    if (holder === undefined || token > holder.token) {
      this.#holders.set(shard, { token, since: Date.now() })
    } else if (token < holder.token && begunAt > holder.since + SLACK_MS) {
      if (this.#wasCaughtBetween(begunAt)) return
      const late = begunAt - holder.since
      this.violated('sent without a lease', `${eventId} was begun ${late} ms after another had its shard`)
    }
  }

  /** Once for each time that a process went on. */
  #wasCaughtBetween(begunAt: number): boolean {
    const isCaught = this.#goneOnAt !== null && Math.abs(begunAt - this.#goneOnAt) <= GOING_ON_MS
    if (isCaught) this.#goneOnAt = null
    return isCaught
  }
}
