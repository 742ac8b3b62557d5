/** The time from its making until so many have been counted. */
export class Countdown {
  readonly #start = performance.now()
  readonly #all: number
  readonly over: Promise<number>
  #left: number
  #end: (elapsedMs: number) => void = () => {}

  constructor(count: number) {
    this.#all = count
    this.#left = count
    this.over = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  count(): void {
    this.#left -= 1
    if (this.#left === 0) this.#end(performance.now() - this.#start)
  }

  /** What the run came to, when all have been counted. */
  async run(): Promise<{ operations: number; elapsedMs: number }> {
    return { operations: this.#all, elapsedMs: await this.over }
  }
}
