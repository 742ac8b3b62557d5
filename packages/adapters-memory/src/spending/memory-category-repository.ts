import type { CategoryRepository } from '@daftari/application'
import { type Category, DomainError, foldName } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { insertRow, requireRow, updateRow } from '../kernel/memory-writes.ts'
import type { HeldLock } from '../kernel/owner-locks.ts'
import type { MemoryBooks } from '../memory-books.ts'

export function memoryCategoryRepository(session: MemorySession, lock: HeldLock): CategoryRepository {
  return {
    async lockAll() {
      session.flush()
      await lock.take()
      return [...session.flush().categories.values()]
    },
    async find(id) {
      return session.flush().categories.get(id)
    },
    async findMany(ids) {
      const { categories } = session.flush()
      return [...new Set(ids)].map((id) => categories.get(id)).filter((category) => category !== null)
    },
    insert(given) {
      const category = frozenCopy(given)
      session.stage((books) => {
        refuseTakenName(books, category)
        insertRow(books.categories, category)
      })
    },
    update(given, expectedVersion) {
      const category = frozenCopy(given)
      session.stage((books) => {
        updateRow('category', books.categories, category, expectedVersion)
        refuseTakenName(books, category)
      })
    },
    delete({ id, version }) {
      session.stage((books) => {
        requireRow('category', books.categories, id, version)
        refuseInUse(books, id)
        books.categories.delete(id)
      })
    },
  }
}

function refuseTakenName({ categories }: MemoryBooks, { id, name }: Category): void {
  const key = foldName(name)
  for (const other of categories.values()) {
    if (other.id !== id && foldName(other.name) === key) {
      throw new DomainError('category_name_taken', { name: other.name })
    }
  }
}

function refuseInUse({ expenses }: MemoryBooks, categoryId: string): void {
  let expenseCount = 0
  for (const expense of expenses.values()) if (expense.categoryId === categoryId) expenseCount += 1
  if (expenseCount > 0) throw new DomainError('category_in_use', { expenseCount })
}
