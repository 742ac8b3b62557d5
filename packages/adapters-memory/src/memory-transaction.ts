import {
  type EventLog,
  eventRecord,
  type Ids,
  lazily,
  type Transaction,
  type TransactionScope,
} from '@daftari/application'
import { repositories } from './contexts.ts'
import { appendEvent } from './delivery/append-event.ts'
import type { TransactionParts } from './kernel/context.ts'

interface Deps extends Omit<TransactionParts, 'ownerId'> {
  readonly scope: TransactionScope
  readonly ids: Ids
}

export function memoryTransaction({ scope, store, session, ids, lock, clock }: Deps): Transaction {
  const events: EventLog = {
    append(happened) {
      for (const event of happened)
        session.stage(appendEvent(Object.freeze(eventRecord(scope, ids.next(), event)), clock.now))
    },
  }

  async function transact<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    session.flush()
    const mark = session.mark()
    try {
      const result = await work(transaction)
      session.flush()
      return result
    } catch (failure) {
      session.rollbackTo(mark)
      throw failure
    }
  }

  const { ownerId } = scope
  const made = lazily(repositories, { session, ownerId, store, lock, clock })
  const transaction: Transaction = Object.assign(made, { events, transact })
  return transaction
}
