import type { Timer } from '@daftari/application'

/** After so many failures in a row a store is not asked any more. */
const OPENS_AFTER = 5
/** How long it is left alone before one request tries it again. */
const COOL_DOWN_MS = 30_000

type State =
  /** The store is asked. So many requests failed since the last one that did not. */
  | { readonly mode: 'closed'; readonly failures: number }
  /** The store is not asked before this time. */
  | { readonly mode: 'open'; readonly untilMs: number }
  /** One request is under way to find out whether the store answers again. No other is let through. */
  | { readonly mode: 'probing' }

/** What a request was let through as: only the probe says anything about a breaker that is not closed. */
export type Permit = 'ordinary' | 'probe'

/** Keeps requests from a store that does not answer. It always is in one of the states above. */
export class StoreBreaker {
  readonly #timer: Timer
  #state: State = { mode: 'closed', failures: 0 }

  constructor(timer: Timer) {
    this.#timer = timer
  }

  /** Whether a request would be refused now. */
  get #isShut(): boolean {
    return this.#state.mode === 'probing' || (this.#state.mode === 'open' && !this.#isCooledDown(this.#state))
  }

  /** Lets a request through, the first one after the cool-down as the probe; `null` refuses it. */
  enter(): Permit | null {
    if (this.#state.mode === 'closed') return 'ordinary'
    if (this.#isShut) return null
    this.#beginProbe()
    return 'probe'
  }

  answered(permit: Permit): void {
    if (permit === 'probe' || this.#state.mode === 'closed') this.close()
  }

  /** A request that began before the breaker opened may fail later: that is known by then and changes nothing. */
  failed(permit: Permit): void {
    if (permit === 'probe') this.#open()
    else if (this.#state.mode === 'closed') this.#countFailure(this.#state.failures + 1)
  }

  /** The request ended for a reason that is not the store's. */
  ended(permit: Permit): void {
    if (permit === 'probe') this.#releaseProbe()
  }

  /** any → closed: the store answers. */
  close(): void {
    this.#state = { mode: 'closed', failures: 0 }
  }

  /** closed → closed, or open when these were too many. */
  #countFailure(failures: number): void {
    if (failures >= OPENS_AFTER) this.#open()
    else this.#state = { mode: 'closed', failures }
  }

  /** closed or probing → open. */
  #open(): void {
    this.#state = { mode: 'open', untilMs: this.#timer.elapsedMs() + COOL_DOWN_MS }
  }

  /** open → probing, once the cool-down is over. */
  #beginProbe(): void {
    this.#state = { mode: 'probing' }
  }

  /** probing → open, with the cool-down over, so that the next request is the probe. */
  #releaseProbe(): void {
    this.#state = { mode: 'open', untilMs: this.#timer.elapsedMs() }
  }

  #isCooledDown({ untilMs }: { readonly untilMs: number }): boolean {
    return this.#timer.elapsedMs() >= untilMs
  }
}
