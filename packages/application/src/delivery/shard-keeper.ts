import type { Timer } from '../kernel/ports.ts'
import type { ResolvedOptions } from './dispatcher-options.ts'
import type { Claimed, DispatchStore, HeldShard } from './ports.ts'

interface Deps {
  readonly dispatch: DispatchStore
  readonly timer: Timer
  readonly options: ResolvedOptions
}

/** What one dispatcher holds, and until when it may rely on that by a clock that nobody can set. */
export class ShardKeeper {
  readonly #deps: Deps
  readonly #holder: string
  readonly #busy = new Map<number, number>()
  #held = new Map<number, bigint>()
  #leaving = new Set<number>()
  #until = Number.NEGATIVE_INFINITY
  #isDoubtful = true

  constructor(deps: Deps, holder: string) {
    this.#deps = deps
    this.#holder = holder
  }

  /** A claim whose answer was lost has counted attempts that nobody makes: they are given out under new tokens. */
  doubt(): void {
    this.#isDoubtful = true
  }

  async renew(): Promise<void> {
    const { dispatch, timer, options } = this.#deps
    const begun = timer.elapsedMs()
    const giveUp = [...this.#leaving].filter((shard) => !this.#busy.has(shard))
    const isAnew = this.#isDoubtful && this.#busy.size === 0
    const { shards, surplus } = await dispatch.lease({
      holder: this.#holder,
      leaseMs: options.leaseMs,
      giveUp,
      isAnew,
    })
    if (isAnew) this.#isDoubtful = false
    this.#held = new Map(shards.map(({ shard, token }) => [shard, token]))
    this.#until = begun + options.leaseMs
    this.#leaving = new Set([...this.#held.keys()].slice(0, surplus))
  }

  /** Whether it is time to renew, long before others may take over. */
  isDue(): boolean {
    const { timer, options } = this.#deps
    if (this.#isDoubtful && this.#busy.size === 0) return true
    return timer.elapsedMs() >= this.#until - (options.leaseMs * 3) / 4
  }

  /** Nothing while a lost claim is in doubt. */
  claimable(): readonly HeldShard[] {
    if (this.#isDoubtful || this.#deps.timer.elapsedMs() >= this.#until) return []
    return [...this.#held].flatMap(([shard, token]) => (this.#leaving.has(shard) ? [] : [{ shard, token }]))
  }

  /** Whether an attempt that begins now ends while the shard is surely held. */
  maySend({ shard, token }: Claimed): boolean {
    const { timer, options } = this.#deps
    return this.#held.get(shard) === token && timer.elapsedMs() + options.timeoutMs < this.#until
  }

  took({ shard }: Claimed): void {
    this.#busy.set(shard, (this.#busy.get(shard) ?? 0) + 1)
  }

  finished({ shard }: Claimed): void {
    const left = (this.#busy.get(shard) ?? 0) - 1
    if (left > 0) this.#busy.set(shard, left)
    else this.#busy.delete(shard)
  }

  async leave(): Promise<void> {
    this.#held.clear()
    this.#until = Number.NEGATIVE_INFINITY
    await this.#deps.dispatch.leave(this.#holder)
  }
}
