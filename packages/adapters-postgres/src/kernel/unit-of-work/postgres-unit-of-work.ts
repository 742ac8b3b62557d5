import {
  ANSWER_KEPT_MS,
  type Clock,
  type EventLog,
  eventRecord,
  type Ids,
  lazily,
  type Transaction,
  type TransactionScope,
  type UnitOfWork,
} from '@daftari/application'
import { DomainError, instant } from '@daftari/domain'
import { repositories } from '../../contexts.ts'
import { openBooks } from '../owner/open-books.ts'
import { UnknownOwner } from '../owner/unknown-owner.ts'
import type { Database } from '../session/database.ts'
import type { IdempotencyEntry } from '../session/journal.ts'
import { Conflict } from '../session/postgres-errors.ts'
import { PostgresSession } from '../session/postgres-session.ts'
import { translateRefusal } from './translate-refusal.ts'

const MOST_TRIES = 5
const LONGEST_PAUSE_MS = 200

interface Deps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly pause: (durationMs: number) => Promise<void>
  /** Called after each commit. */
  readonly afterCommit: () => void
}

type Work<Result> = (tx: Transaction) => Promise<Result>

export function postgresUnitOfWork({ database, clock, ids, pause, afterCommit }: Deps): UnitOfWork {
  async function transact<Result>(scope: TransactionScope, work: Work<Result>): Promise<Result> {
    let isNewOwner = true
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(scope, work)
      } catch (failure) {
        if (failure instanceof UnknownOwner) {
          if (!isNewOwner) throw failure.cause
          isNewOwner = false
          await openBooks(database, scope.ownerId)
        } else if (failure instanceof Conflict) {
          if (tries >= MOST_TRIES) throw new DomainError('overloaded', {}, { cause: failure.cause })
          await pause(Math.random() * LONGEST_PAUSE_MS)
        } else {
          throw failure
        }
      }
    }
  }

  async function attempt<Result>(scope: TransactionScope, work: Work<Result>): Promise<Result> {
    const { ownerId } = scope
    const session = new PostgresSession(database, ownerId, translateRefusal(ownerId))
    try {
      const result = await work(transactionOn(session, scope))
      await session.commit(entryOf(scope, result))
      afterCommit()
      return result
    } catch (failure) {
      await session.abort()
      throw session.rerun ?? failure
    }
  }

  function entryOf(scope: TransactionScope, result: unknown): IdempotencyEntry | null {
    if (scope.idempotency === null) return null
    const now = clock.now()
    const { key, fingerprint, toStored } = scope.idempotency
    return { key, fingerprint, result: toStored(result), now, expiresAt: instant(now + ANSWER_KEPT_MS) }
  }

  function transactionOn(session: PostgresSession, scope: TransactionScope): Transaction {
    const events: EventLog = {
      append(happened) {
        for (const event of happened) session.append(eventRecord(scope, ids.next(), event))
      },
    }
    const transaction: Transaction = Object.assign(lazily(repositories, session, scope.ownerId), {
      events,
      transact: <Result>(work: Work<Result>) => session.savepoint(() => work(transaction)),
    })
    return transaction
  }

  return { transact }
}
