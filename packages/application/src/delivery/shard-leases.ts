import type { Timer } from '../kernel/ports.ts'
import type { ResolvedOptions } from './dispatcher-options.ts'
import type { InFlight } from './in-flight.ts'
import type { Claimed, DispatchStore, HeldShard } from './ports.ts'

interface Deps {
  readonly dispatch: DispatchStore
  readonly timer: Timer
  readonly options: ResolvedOptions
  readonly inFlight: Pick<InFlight, 'count' | 'hasShard'>
}

/**
 * The shards that one dispatcher has leased, and the end of the lease. The end is measured with the monotonic timer,
 * from the moment before the request: the store starts counting later, so the lease never ends earlier in the store
 * than here.
 */
export class ShardLeases {
  readonly #deps: Deps
  readonly #holder: string
  #held = new Map<number, bigint>()
  /** Shards above the share of the holder. It claims no more deliveries of them, and gives each shard up when no delivery of it is in flight. */
  #surplus = new Set<number>()
  #expiresAtMs = Number.NEGATIVE_INFINITY
  #needsNewTokens = true

  constructor(deps: Deps, holder: string) {
    this.#deps = deps
    this.#holder = holder
  }

  /**
   * To be called after a failed claim. The store may have counted attempts of deliveries that this dispatcher never
   * received. Under new tokens, the store gives those deliveries out again.
   */
  requireNewTokens(): void {
    this.#needsNewTokens = true
  }

  async renew(): Promise<void> {
    const { dispatch, timer, options, inFlight } = this.#deps
    const askedAtMs = timer.elapsedMs()
    const giveUp = [...this.#surplus].filter((shard) => !inFlight.hasShard(shard))
    const takesNewTokens = this.#mayTakeNewTokens()
    const { shards, surplus } = await dispatch.lease({
      holder: this.#holder,
      leaseMs: options.leaseMs,
      giveUp,
      takesNewTokens,
    })
    if (takesNewTokens) this.#needsNewTokens = false
    this.#held = new Map(shards.map(({ shard, token }) => [shard, token]))
    this.#expiresAtMs = askedAtMs + options.leaseMs
    this.#surplus = new Set([...this.#held.keys()].slice(0, surplus))
  }

  /** A renewal is due after a quarter of the lease, so that several renewals may fail before another dispatcher can take over. */
  isRenewalDue(): boolean {
    const { timer, options } = this.#deps
    return this.#mayTakeNewTokens() || timer.elapsedMs() >= this.#expiresAtMs - (options.leaseMs * 3) / 4
  }

  /** Empty while new tokens are needed. */
  claimable(): readonly HeldShard[] {
    if (this.#needsNewTokens || this.#deps.timer.elapsedMs() >= this.#expiresAtMs) return []
    return [...this.#held].flatMap(([shard, token]) => (this.#surplus.has(shard) ? [] : [{ shard, token }]))
  }

  /** Whether an attempt that begins now ends before the lease ends, even if it takes the full timeout. */
  maySend({ shard, token }: Claimed): boolean {
    const { timer, options } = this.#deps
    return this.#held.get(shard) === token && timer.elapsedMs() + options.timeoutMs < this.#expiresAtMs
  }

  async giveUpAll(): Promise<void> {
    this.#held.clear()
    this.#expiresAtMs = Number.NEGATIVE_INFINITY
    await this.#deps.dispatch.leave(this.#holder)
  }

  /** False while a delivery is in flight, because its outcome would not count under a new token. */
  #mayTakeNewTokens(): boolean {
    return this.#needsNewTokens && this.#deps.inFlight.count === 0
  }
}
