import { forkBooks, type MemoryBooks } from '../memory-books.ts'

/** Checks what holds, as the constraints of a database would, then changes the rows. */
export type StagedWrite = (books: MemoryBooks) => void

/**
 * The writes of one transaction, in order. A read sees the committed books with the writes staged so far laid
 * over them; nothing touches the committed books before the commit, which checks every write again.
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
   * The books as this transaction sees them. Throws what the writes staged so far violate, and goes on throwing
   * it, also when somebody caught it: only a rollback mends a transaction.
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

  /** Forgets what was staged after the mark. */
  rollbackTo(mark: number): void {
    this.#writes.length = mark
    this.#view = forkBooks(this.#committed)
    this.#shown = 0
    this.#refusal = null
  }

  /** The committed books with every write laid over them anew, ready to be absorbed. */
  replay(): MemoryBooks {
    const fork = forkBooks(this.#committed)
    for (const write of this.#writes) write(fork)
    return fork
  }
}
