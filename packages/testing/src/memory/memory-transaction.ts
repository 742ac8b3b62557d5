import {
  type ApiKeyRepository,
  type AttachmentRepository,
  type CategoryRepository,
  type Clock,
  type EventLog,
  type ExpenseRepository,
  eventRecord,
  type Ids,
  type InvoiceRepository,
  type SettingsRepository,
  type Transaction,
  type TransactionScope,
} from '@daftari/application'
import { memoryApiKeyRepository } from './memory-api-key-repository.ts'
import { memoryAttachmentRepository } from './memory-attachment-repository.ts'
import type { MemoryStore } from './memory-books.ts'
import { memoryCategoryRepository } from './memory-category-repository.ts'
import { memoryExpenseRepository } from './memory-expense-repository.ts'
import { memoryInvoiceRepository } from './memory-invoice-repository.ts'
import type { MemorySession } from './memory-session.ts'
import { memorySettingsRepository } from './memory-settings-repository.ts'
import { appendEvent } from './memory-writes.ts'
import type { HeldLock } from './owner-locks.ts'

interface Deps {
  readonly scope: TransactionScope
  readonly store: MemoryStore
  readonly session: MemorySession
  readonly ids: Ids
  readonly lock: HeldLock
  readonly clock: Clock
}

export function memoryTransaction({ scope, store, session, ids, lock, clock }: Deps): Transaction {
  const categories: CategoryRepository = memoryCategoryRepository(session, lock)
  const expenses: ExpenseRepository = memoryExpenseRepository(session, scope.ownerId)
  const invoices: InvoiceRepository = memoryInvoiceRepository(session)
  const attachments: AttachmentRepository = memoryAttachmentRepository(session)
  const settings: SettingsRepository = memorySettingsRepository(session, scope.ownerId)
  const apiKeys: ApiKeyRepository = memoryApiKeyRepository(session, store)
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

  const transaction: Transaction = {
    categories,
    expenses,
    invoices,
    attachments,
    settings,
    apiKeys,
    events,
    transact,
  }
  return transaction
}
