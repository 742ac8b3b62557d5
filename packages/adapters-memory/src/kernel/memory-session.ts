import { forkBooks, type MemoryBooks } from '../memory-books.ts'

/** A staged write. It checks constraints as a database would, and then changes the rows. */
export type StagedWrite = (books: MemoryBooks) => void

/**
 * The writes of one transaction, in order. A read sees the committed rows with the staged writes applied on top. The
 * committed rows do not change before the commit, which checks every write again.
 */
export class MemorySession {
  readonly #committed: MemoryBooks
  #writes: StagedWrite[] = []
  #view: MemoryBooks
  #shown = 0
  #refusal: { readonly reason: unknown } | null = null

  constructor(committed: MemoryBooks) {
    this.#committed = committed
    this.#view = forkBooks(committed)
  }

  stage(write: StagedWrite): void {
    this.#writes.push(write)
  }

  /**
   * The rows as this transaction sees them. Throws when a staged write violates a constraint. It keeps throwing even
   * when the caller caught the error, because only a rollback repairs a transaction.
   */
  flush(): MemoryBooks {
    if (this.#refusal !== null) throw this.#refusal.reason
    try {
      for (const write of this.#writes.slice(this.#shown)) write(this.#view)
    } catch (reason) {
      this.#refusal = { reason }
      throw reason
    }
    this.#shown = this.#writes.length
    return this.#view
  }

  mark(): number {
    return this.#writes.length
  }

  /** Removes the writes that were staged after the mark. */
  rollbackTo(mark: number): void {
    this.#writes.length = mark
    this.#view = forkBooks(this.#committed)
    this.#shown = 0
    this.#refusal = null
  }

  /** Applies all writes again on top of the committed rows. The result is ready to be committed. */
  replay(): MemoryBooks {
    const fork = forkBooks(this.#committed)
    for (const write of this.#writes) write(fork)
    return fork
  }
}
