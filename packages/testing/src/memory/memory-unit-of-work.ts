import type {
  Clock,
  Ids,
  RememberedResult,
  Transaction,
  TransactionScope,
  UnitOfWork,
} from '@daftari/application'
import { DomainError } from '@daftari/domain'
import { absorbBooks, type MemoryBooks, type MemoryStore } from './memory-books.ts'
import { MemorySession } from './memory-session.ts'
import { memoryTransaction } from './memory-transaction.ts'
import { OwnerLocks } from './owner-locks.ts'

const KEPT_MS = 72 * 60 * 60 * 1000

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

  /** One synchronous step: nobody sees half of it. */
  function commit(
    books: MemoryBooks,
    session: MemorySession,
    scope: TransactionScope,
    result: unknown,
  ): void {
    const fork = session.replay()
    if (scope.idempotency !== null) remember(fork, scope.idempotency, result)
    absorbBooks(books, fork)
  }

  function remember(
    books: MemoryBooks,
    { key, fingerprint, toStored }: RememberedResult,
    result: unknown,
  ): void {
    const now = clock.now()
    const stored = books.results.get(key)
    if (stored !== null && stored.expiresAt > now) throw new DomainError('idempotency_in_progress', {})
    const kept = { fingerprint, result: toStored(result), expiresAt: now + KEPT_MS }
    books.results.set(key, Object.freeze(kept))
  }

  return { transact }
}
