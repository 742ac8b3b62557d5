import type { Clock, Ids, Transaction, TransactionScope, UnitOfWork } from '@daftari/application'
import { rememberResult } from './kernel/idempotency.ts'
import { MemorySession } from './kernel/memory-session.ts'
import { OwnerLocks } from './kernel/owner-locks.ts'
import { absorbBooks, type MemoryBooks, type MemoryStore } from './memory-books.ts'
import { memoryTransaction } from './memory-transaction.ts'

interface Deps {
  readonly store: MemoryStore
  readonly clock: Clock
  readonly ids: Ids
  /** Called before each commit; throws to make it fail. */
  readonly beforeCommit: () => void
  readonly afterCommit: () => void
}

export function memoryUnitOfWork({ store, clock, ids, beforeCommit, afterCommit }: Deps): UnitOfWork {
  const locks = new OwnerLocks()

  async function transact<Result>(
    scope: TransactionScope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const books = store(scope.ownerId)
    const session = new MemorySession(books)
    const lock = locks.of(scope.ownerId)
    try {
      const result = await work(memoryTransaction({ scope, store, session, ids, lock, clock }))
      session.flush()
      beforeCommit()
      commit(books, session, scope, result)
      afterCommit()
      return result
    } finally {
      lock.release()
    }
  }

  /** The commit is one synchronous step, so that no other caller sees a part of it. */
  function commit(
    books: MemoryBooks,
    session: MemorySession,
    scope: TransactionScope,
    result: unknown,
  ): void {
    const fork = session.replay()
    if (scope.idempotency !== null) rememberResult(fork, scope.idempotency, result, clock.now())
    absorbBooks(books, fork)
  }

  return { transact }
}
