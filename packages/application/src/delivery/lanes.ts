/** Lets so many through at once, and so many under each name; who waits is let in by turns. */
export class Lanes {
  readonly #most: number
  readonly #mostEach: number
  readonly #waiting = new Map<string, (() => void)[]>()
  readonly #inside = new Map<string, number>()
  #all = 0

  constructor(most: number, mostEach: number) {
    this.#most = most
    this.#mostEach = mostEach
  }

  async pass(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#isFree(name)) this.#enter(name)
    else await new Promise<void>((admit) => this.#line(name).push(admit))
    try {
      await work()
    } finally {
      this.#leave(name)
    }
  }

  #line(name: string): (() => void)[] {
    const line = this.#waiting.get(name) ?? []
    this.#waiting.set(name, line)
    return line
  }

  #isFree(name: string): boolean {
    return this.#all < this.#most && (this.#inside.get(name) ?? 0) < this.#mostEach
  }

  #enter(name: string): void {
    this.#all += 1
    this.#inside.set(name, (this.#inside.get(name) ?? 0) + 1)
  }

  #leave(name: string): void {
    this.#all -= 1
    this.#inside.set(name, (this.#inside.get(name) ?? 1) - 1)
    for (const [next, line] of this.#waiting) {
      if (!this.#isFree(next)) continue
      const admit = line.shift()
      // Whoever was let in stands at the end of the row of names.
      this.#waiting.delete(next)
      if (line.length > 0) this.#waiting.set(next, line)
      if (admit === undefined) continue
      this.#enter(next)
      admit()
      return
    }
  }
}
