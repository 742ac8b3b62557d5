import type { Claimed, EventRecord, Outcome } from '@daftari/application'

/** Sees everything that is sent and settled, and says what must not have happened. */
export class Witness {
  readonly violations: string[] = []
  readonly received = new Map<string, Set<string>>()
  readonly #versions = new Map<string, number>()
  readonly #latest = new Map<number, bigint>()
  #hasClockJumped = false

  violated(what: string): void {
    this.violations.push(what)
  }

  clockJumped(): void {
    this.#hasClockJumped = true
  }

  leased(shards: readonly { readonly shard: number; readonly token: bigint }[]): void {
    for (const { shard, token } of shards) {
      const known = this.#latest.get(shard) ?? 0n
      if (token > known) this.#latest.set(shard, token)
    }
  }

  /** A process may be held up within an attempt, and no longer. A store whose clock is set forward ends leases early. */
  begins(claimed: Claimed): void {
    if (this.#hasClockJumped || this.#isLatest(claimed)) return
    this.violated(`an attempt of ${claimed.event.id} was begun after the lease was over`)
  }

  arrives(subscriptionId: string, { id, aggregateId, aggregateVersion }: EventRecord): void {
    const received = this.received.get(subscriptionId) ?? new Set()
    this.received.set(subscriptionId, received)
    if (received.has(id)) return
    received.add(id)
    const key = `${subscriptionId} ${aggregateId}`
    const last = this.#versions.get(key) ?? 0
    this.#versions.set(key, aggregateVersion)
    if (aggregateVersion !== last + 1)
      this.violated(`${aggregateId} arrived as ${aggregateVersion} after ${last}`)
  }

  settles(outcomes: readonly Outcome[], before: readonly string[], after: readonly string[]): void {
    outcomes.forEach(({ claimed }, index) => {
      if (this.#isLatest(claimed) || before[index] === after[index]) return
      this.violated(`a dispatcher without its lease changed ${claimed.event.id}`)
    })
  }

  #isLatest({ shard, token }: Claimed): boolean {
    return (this.#latest.get(shard) ?? token) <= token
  }
}
