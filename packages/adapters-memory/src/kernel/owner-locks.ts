/** A lock that a transaction takes at most once and holds until its end. */
export interface HeldLock {
  take(): Promise<void>
  release(): void
}

/** One lock for each owner, granted in the order of the requests. */
export class OwnerLocks {
  readonly #tails = new Map<string, Promise<void>>()

  of(ownerId: string): HeldLock {
    let free: (() => void) | null = null
    return {
      take: async () => {
        if (free !== null) return
        const before = this.#tails.get(ownerId)
        const { promise, resolve } = Promise.withResolvers<void>()
        free = resolve
        this.#tails.set(ownerId, promise)
        await before
      },
      release: () => free?.(),
    }
  }
}
