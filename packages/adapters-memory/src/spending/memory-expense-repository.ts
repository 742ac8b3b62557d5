import type { CategoryUsage, ExpenseRepository } from '@daftari/application'
import { DomainError, type Expense } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { insertRow, requireRow, updateRow } from '../kernel/memory-writes.ts'
import { type MemoryBooks, settingsOf } from '../memory-books.ts'

export function memoryExpenseRepository(session: MemorySession, ownerId: string): ExpenseRepository {
  function requireReferences(books: MemoryBooks, { categoryId, amount }: Expense): void {
    if (books.categories.get(categoryId) === null) throw new DomainError('category_not_found', { categoryId })
    const { baseCurrency } = settingsOf(books, ownerId)
    if (amount.currency === baseCurrency) return
    const detail = `expenses must be in the base currency ${baseCurrency}`
    throw new DomainError('validation_failed', {
      errors: [{ pointer: '/amount/currency', code: 'currency_not_allowed', detail }],
    })
  }

  return {
    async find(id) {
      return session.flush().expenses.get(id)
    },
    async listByCategory(categoryId, limit) {
      return [...filedUnder(session.flush(), categoryId)]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, limit)
    },
    async usageOf(categoryId) {
      return usage(filedUnder(session.flush(), categoryId))
    },
    async exist() {
      return session.flush().expenses.values().next().done === false
    },
    insert(given) {
      const expense = frozenCopy(given)
      session.stage((books) => {
        requireReferences(books, expense)
        insertRow(books.expenses, expense)
      })
    },
    update(given, expectedVersion) {
      const expense = frozenCopy(given)
      session.stage((books) => {
        updateRow('expense', books.expenses, expense, expectedVersion)
        requireReferences(books, expense)
      })
    },
    delete({ id, version }) {
      session.stage(({ expenses }) => {
        requireRow('expense', expenses, id, version)
        expenses.delete(id)
      })
    },
  }
}

function* filedUnder({ expenses }: MemoryBooks, categoryId: string): Generator<Expense> {
  for (const expense of expenses.values()) if (expense.categoryId === categoryId) yield expense
}

export function usage(expenses: Iterable<Expense>): CategoryUsage {
  let expenseCount = 0
  let totalMinor = 0n
  for (const { amount } of expenses) {
    expenseCount += 1
    totalMinor += amount.amountMinor
  }
  return { expenseCount, totalMinor }
}
