/**
 * Limits how many tasks run at once, in total and per key. Waiting tasks start in turn, key by key.
 *
 * A task is not one delivery: the dispatcher passes the deliveries of one aggregate as a single task, which keeps its
 * slot until all of them are sent. Therefore the limiter counts tasks itself and does not use the counts of deliveries
 * in flight.
 */
export class ConcurrencyLimiter {
  readonly #limit: number
  readonly #limitPerKey: number
  readonly #waiting = new Map<string, (() => void)[]>()
  readonly #runningByKey = new Map<string, number>()
  #running = 0

  constructor(limit: number, limitPerKey: number) {
    this.#limit = limit
    this.#limitPerKey = limitPerKey
  }

  async run(key: string, work: () => Promise<void>): Promise<void> {
    if (this.#hasPlace(key)) this.#takePlace(key)
    else await new Promise<void>((admit) => this.#queueOf(key).push(admit))
    try {
      await work()
    } finally {
      this.#givePlaceBack(key)
      this.#admitNext()
    }
  }

  #queueOf(key: string): (() => void)[] {
    const queue = this.#waiting.get(key) ?? []
    this.#waiting.set(key, queue)
    return queue
  }

  #hasPlace(key: string): boolean {
    return this.#running < this.#limit && (this.#runningByKey.get(key) ?? 0) < this.#limitPerKey
  }

  #takePlace(key: string): void {
    this.#running += 1
    this.#runningByKey.set(key, (this.#runningByKey.get(key) ?? 0) + 1)
  }

  #givePlaceBack(key: string): void {
    this.#running -= 1
    this.#runningByKey.set(key, (this.#runningByKey.get(key) ?? 1) - 1)
  }

  #admitNext(): void {
    for (const [key, queue] of this.#waiting) {
      if (!this.#hasPlace(key)) continue
      const admit = queue.shift()
      // A key that was served goes to the end of the map, behind the keys that were not.
      this.#waiting.delete(key)
      if (queue.length > 0) this.#waiting.set(key, queue)
      if (admit === undefined) continue
      this.#takePlace(key)
      admit()
      return
    }
  }
}
