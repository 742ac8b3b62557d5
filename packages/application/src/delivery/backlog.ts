import { BREAKER_OPENS_AFTER } from './breaker.ts'
import type { Outcome } from './ports.ts'

interface Share {
  claimed: number
  /** How many of them nothing has come of yet. */
  ahead: number
  failuresInRow: number
}

const NOTHING: Share = { claimed: 0, ahead: 0, failuresInRow: 0 }

/** What a dispatcher has claimed of each subscription and not settled, and how that fares. */
export class Backlog {
  readonly #shares = new Map<string, Share>()
  #count = 0

  get count(): number {
    return this.#count
  }

  of(subscriptionId: string): { readonly claimed: number; readonly ahead: number } {
    return this.#shares.get(subscriptionId) ?? NOTHING
  }

  took(subscriptionId: string): void {
    const share = this.#shares.get(subscriptionId) ?? { ...NOTHING }
    share.claimed += 1
    share.ahead += 1
    this.#shares.set(subscriptionId, share)
    this.#count += 1
  }

  tried({ claimed: { subscriptionId }, result }: Outcome): void {
    const share = this.#shares.get(subscriptionId)
    if (share === undefined) return
    share.ahead -= 1
    if (result !== 'released') share.failuresInRow = result === 'delivered' ? 0 : share.failuresInRow + 1
  }

  /**
   * Whether so many in a row have failed that the store would have given none of the rest. Lasts until all of them are
   * settled, for then the store knows better.
   */
  isHopeless(subscriptionId: string): boolean {
    return (this.#shares.get(subscriptionId)?.failuresInRow ?? 0) >= BREAKER_OPENS_AFTER
  }

  settled(subscriptionId: string): void {
    const share = this.#shares.get(subscriptionId)
    if (share === undefined) return
    share.claimed -= 1
    this.#count -= 1
    if (share.claimed === 0) this.#shares.delete(subscriptionId)
  }
}
