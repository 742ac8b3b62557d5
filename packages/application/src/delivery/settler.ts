import type { DispatchStore, Outcome } from '../ports/delivery.ts'
import type { Timer } from '../ports/machine.ts'

const PAUSE_MS = 250

interface Deps {
  readonly dispatch: DispatchStore
  readonly timer: Timer
  readonly onError: (error: unknown) => void
  /** Told of every batch that is written down, and how many of it counted. */
  readonly onSettled: (outcomes: readonly Outcome[], counted: number) => void
}

/** Writes outcomes down, all that came while the last ones were written, until the store takes them. */
export class Settler {
  readonly #deps: Deps
  #outcomes: Outcome[] = []
  #work: Promise<void> | null = null
  #isGivenUp = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  add(outcome: Outcome): void {
    this.#outcomes.push(outcome)
    this.#work ??= this.#settleAll()
  }

  /** What is not written down yet is left to whoever holds the shards next. */
  giveUp(): void {
    this.#isGivenUp = true
  }

  async #settleAll(): Promise<void> {
    // Outcomes of one turn of the event loop go together.
    await Promise.resolve()
    while (this.#outcomes.length > 0) {
      const batch = this.#outcomes
      this.#outcomes = []
      this.#deps.onSettled(batch, await this.#settle(batch))
    }
    // In the same turn as the last look: what is added from now on begins anew.
    this.#work = null
  }

  async #settle(batch: readonly Outcome[]): Promise<number> {
    while (!this.#isGivenUp) {
      try {
        return await this.#deps.dispatch.settle(batch)
      } catch (error) {
        this.#deps.onError(error)
        await this.#deps.timer.sleep(PAUSE_MS).over
      }
    }
    return 0
  }
}
