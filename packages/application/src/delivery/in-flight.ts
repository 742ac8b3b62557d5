import { BREAKER_OPENS_AFTER } from './breaker.ts'
import type { Claimed, Outcome } from './ports.ts'

interface Tally {
  unsent: number
  unsettled: number
  failuresInRow: number
}

const NO_DELIVERIES: Readonly<Tally> = { unsent: 0, unsettled: 0, failuresInRow: 0 }

/**
 * The deliveries in flight of one dispatcher: those that it has claimed and that the store has not settled. This is the
 * only place that counts them; the dispatcher, the settler and the shard leases read the counts. A delivery in flight
 * is always in one of these states, and each method is one transition:
 *
 * - unsent: it was claimed, and its attempt has not ended. It waits for its turn, or it is being sent.
 * - unsettled: its attempt has ended, or it was released without one. The settler has the outcome and stores it.
 *
 * After that it is not in flight any more.
 */
export class InFlight {
  readonly #bySubscription = new Map<string, Tally>()
  readonly #byShard = new Map<number, number>()
  #count = 0

  get count(): number {
    return this.#count
  }

  hasShard(shard: number): boolean {
    return this.#byShard.has(shard)
  }

  ofSubscription(subscriptionId: string): Pick<Readonly<Tally>, 'unsent' | 'unsettled'> {
    return this.#bySubscription.get(subscriptionId) ?? NO_DELIVERIES
  }

  /**
   * Whether so many attempts in a row have failed that the store will shut the subscription off. The store learns of
   * the failures only when the outcomes are settled; until then, deliveries that are already claimed are not attempted.
   * The count is dropped when the subscription has nothing in flight, because then the store has the current numbers.
   */
  hasTrippedBreaker(subscriptionId: string): boolean {
    return (this.#bySubscription.get(subscriptionId)?.failuresInRow ?? 0) >= BREAKER_OPENS_AFTER
  }

  /** Into unsent. */
  claimed({ subscriptionId, shard }: Claimed): void {
    const tally = this.#bySubscription.get(subscriptionId) ?? { ...NO_DELIVERIES }
    tally.unsent += 1
    this.#bySubscription.set(subscriptionId, tally)
    this.#byShard.set(shard, (this.#byShard.get(shard) ?? 0) + 1)
    this.#count += 1
  }

  /** From unsent to unsettled. */
  attempted({ claimed: { subscriptionId }, result }: Outcome): void {
    const tally = this.#bySubscription.get(subscriptionId)
    if (tally === undefined) return
    tally.unsent -= 1
    tally.unsettled += 1
    if (result !== 'released') tally.failuresInRow = result === 'delivered' ? 0 : tally.failuresInRow + 1
  }

  /** From unsettled to no longer in flight. */
  settled({ claimed: { subscriptionId, shard } }: Outcome): void {
    const tally = this.#bySubscription.get(subscriptionId)
    if (tally === undefined) return
    tally.unsettled -= 1
    if (tally.unsent + tally.unsettled === 0) this.#bySubscription.delete(subscriptionId)
    const inShard = (this.#byShard.get(shard) ?? 0) - 1
    if (inShard > 0) this.#byShard.set(shard, inShard)
    else this.#byShard.delete(shard)
    this.#count -= 1
  }
}
