import type { Sleep, Timer } from '../kernel/ports.ts'
import type { DispatchStore, Outcome } from './ports.ts'

const PAUSE_MS = 250
/** A call costs as much as some fifty outcomes: while many are under way, so many are waited for, and so long. */
const GATHERED = 250
const GATHER_MS = 20

interface Deps {
  readonly dispatch: Pick<DispatchStore, 'settle'>
  readonly timer: Timer
  readonly onError: (error: unknown) => void
  /** How many are claimed and not written down, those that were added included. */
  readonly underWay: () => number
  /** Told of every batch that is written down. */
  readonly onSettled: (outcomes: readonly Outcome[]) => void
}

/** Writes outcomes down, all that came while the last ones were written, until the store takes them. */
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

  /** What is not written down yet is left to whoever holds the shards next. */
  giveUp(): void {
    this.#isGivenUp = true
    this.#gathering?.wake()
  }

  async #settleAll(): Promise<void> {
    // Outcomes of one turn of the event loop go together.
    await Promise.resolve()
    while (this.#outcomes.length > 0) {
      await this.#gather()
      const batch = this.#outcomes
      this.#outcomes = []
      await this.#settle(batch)
      this.#deps.onSettled(batch)
    }
    // In the same turn as the last look: what is added from now on begins anew.
    this.#work = null
  }

  async #gather(): Promise<void> {
    if (this.#isEnough() || this.#isGivenUp) return
    this.#gathering = this.#deps.timer.sleep(GATHER_MS)
    await this.#gathering.over
    this.#gathering = null
  }

  #isEnough(): boolean {
    return this.#outcomes.length >= Math.min(GATHERED, this.#deps.underWay() / 4)
  }

  async #settle(batch: readonly Outcome[]): Promise<void> {
    while (!this.#isGivenUp) {
      try {
        await this.#deps.dispatch.settle(batch)
        return
      } catch (error) {
        this.#deps.onError(error)
        await this.#deps.timer.sleep(PAUSE_MS).over
      }
    }
  }
}
