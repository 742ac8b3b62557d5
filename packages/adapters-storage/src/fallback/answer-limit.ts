import type { Sleep, Timer } from '@daftari/application'
import { noAnswer } from './outage.ts'

/** How long a store may be silent. The time begins anew whenever the store asks for more of the file. */
export class AnswerLimit {
  readonly #timer: Timer
  readonly #limitMs: number
  #heardAtMs: number
  #sleep: Sleep | null = null
  #isLifted = false
  #isOver = false

  private constructor(timer: Timer, limitMs: number) {
    this.#timer = timer
    this.#limitMs = limitMs
    this.#heardAtMs = timer.elapsedMs()
  }

  /** What `ask` gives, or `unavailable` when the time is over first; what comes of `ask` afterwards is ignored. */
  static async over<Answer>(
    timer: Timer,
    limitMs: number,
    ask: (limit: AnswerLimit) => Promise<Answer>,
  ): Promise<Answer> {
    const limit = new AnswerLimit(timer, limitMs)
    const answer = ask(limit)
    answer.catch(() => undefined)
    try {
      return await Promise.race([answer, limit.#passed()])
    } finally {
      limit.#isLifted = true
      limit.#sleep?.wake()
    }
  }

  /** The store is at work. @throws Error, once the store was given up: it gets no more of the file then */
  hear(): void {
    if (this.#isOver) throw new Error('the file is stored elsewhere by now')
    this.#heardAtMs = this.#timer.elapsedMs()
  }

  /** Ends the limit: from here on the time that passes is not the store's. */
  lift(): void {
    this.hear()
    this.#isLifted = true
    this.#sleep?.wake()
  }

  async #passed(): Promise<never> {
    while (!this.#isLifted) {
      const leftMs = this.#heardAtMs + this.#limitMs - this.#timer.elapsedMs()
      if (leftMs <= 0) {
        this.#isOver = true
        throw noAnswer(this.#limitMs)
      }
      this.#sleep = this.#timer.sleep(leftMs)
      await this.#sleep.over
    }
    return new Promise<never>(() => undefined)
  }
}
