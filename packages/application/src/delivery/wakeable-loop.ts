import type { Sleep, Timer } from '../kernel/ports.ts'

/** What the loop does after a look for work: look `again` at once, `rest` before the next look, or `end`. */
export type AfterLook = 'again' | 'rest' | 'end'

/**
 * - looking: it looks for work. Nothing has changed since this look began.
 * - outdated: it looks for work. Something has changed since this look began, so that the look may miss it; the loop does
 *   not rest before the next.
 * - resting: the last look found no work. The loop sleeps until it is woken or the rest is over.
 * - ended: `run` has not begun, or it is over.
 */
type State =
  | { readonly name: 'looking' | 'outdated' | 'ended' }
  | { readonly name: 'resting'; readonly sleep: Sleep }

/** Looks for work repeatedly, and rests when there is none. It is always in one of the states above. */
export class WakeableLoop {
  readonly #timer: Timer
  readonly #look: () => Promise<AfterLook>
  readonly #restMs: () => number
  #state: State = { name: 'ended' }

  constructor(timer: Timer, look: () => Promise<AfterLook>, restMs: () => number) {
    this.#timer = timer
    this.#look = look
    this.#restMs = restMs
  }

  /** Runs until a look returns `end` or throws. */
  async run(): Promise<void> {
    try {
      for (;;) {
        this.#beginLook()
        const next = await this.#look()
        if (next === 'end') return
        if (next === 'rest') await this.#rest()
      }
    } finally {
      this.#end()
    }
  }

  /** Reports that there may be new work: a look becomes outdated, a rest ends at once. */
  wake(): void {
    if (this.#state.name === 'resting') this.#state.sleep.wake()
    else if (this.#state.name === 'looking') this.#state = { name: 'outdated' }
  }

  #beginLook(): void {
    this.#state = { name: 'looking' }
  }

  async #rest(): Promise<void> {
    if (this.#state.name === 'outdated') return
    const sleep = this.#timer.sleep(this.#restMs())
    this.#state = { name: 'resting', sleep }
    await sleep.over
  }

  #end(): void {
    this.#state = { name: 'ended' }
  }
}
