import type { Sleep, Timer } from '../kernel/ports.ts'
import type { DispatchStore, Outcome } from './ports.ts'

const RETRY_PAUSE_MS = 250
/** One call costs as much as about fifty outcomes. Therefore the settler waits for more outcomes while many deliveries are in flight. */
const MAX_GATHERED = 250
const MAX_GATHER_MS = 20

interface Deps {
  readonly dispatch: Pick<DispatchStore, 'settle'>
  readonly timer: Timer
  readonly onError: (error: unknown) => void
  /** How many deliveries are claimed and not settled. Includes those whose outcomes were added. */
  readonly inFlightCount: () => number
  /** Called after each batch that was stored or given up. */
  readonly onSettled: (outcomes: readonly Outcome[]) => void
}

/**
 * Stores outcomes in batches. Each batch contains all outcomes that were added while the one before was stored. The
 * settler is always in one of these states:
 *
 * - idle: no outcome is waiting and no batch is on its way (`#work` is null).
 * - gathering: outcomes wait for more to join them (`#gathering` is set), until they are enough or it took too long.
 * - storing: a batch is on its way, and is tried again until the store takes it. Outcomes that come meanwhile wait.
 *
 * After `giveUp` it goes through the same states but stores nothing.
 */
export class Settler {
  readonly #deps: Deps
  #outcomes: Outcome[] = []
  #work: Promise<void> | null = null
  #gathering: Sleep | null = null
  #isGivenUp = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  add(outcome: Outcome): void {
    this.#outcomes.push(outcome)
    this.#work ??= this.#settleAll()
    if (this.#isEnough()) this.#gathering?.wake()
  }

  /** Drops the outcomes that are not stored. The next dispatcher that leases the shards sends those deliveries again. */
  giveUp(): void {
    this.#isGivenUp = true
    this.#gathering?.wake()
  }

  async #settleAll(): Promise<void> {
    // Outcomes of the same turn of the event loop join the first batch.
    await Promise.resolve()
    while (this.#outcomes.length > 0) {
      await this.#gather()
      const batch = this.#outcomes
      this.#outcomes = []
      await this.#settle(batch)
      this.#deps.onSettled(batch)
    }
    // Idle. There is no await since the last look at the outcomes, so none was added in between.
    this.#work = null
  }

  async #gather(): Promise<void> {
    if (this.#isEnough() || this.#isGivenUp) return
    this.#gathering = this.#deps.timer.sleep(MAX_GATHER_MS)
    await this.#gathering.over
    this.#gathering = null
  }

  #isEnough(): boolean {
    return this.#outcomes.length >= Math.min(MAX_GATHERED, this.#deps.inFlightCount() / 4)
  }

  async #settle(batch: readonly Outcome[]): Promise<void> {
    while (!this.#isGivenUp) {
      try {
        await this.#deps.dispatch.settle(batch)
        return
      } catch (error) {
        this.#deps.onError(error)
        await this.#deps.timer.sleep(RETRY_PAUSE_MS).over
      }
    }
  }
}
