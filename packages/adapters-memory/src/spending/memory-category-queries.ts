import type { CategoryQueries, CategoryWithUsage } from '@daftari/application'
import { type Category, compareText, type Expense, foldName, foldWords } from '@daftari/domain'
import { pageOfRows } from '../kernel/keyset.ts'
import { hasWords } from '../kernel/words.ts'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'
import { usage } from './memory-expense-repository.ts'

export function memoryCategoryQueries(store: MemoryStore): CategoryQueries {
  return {
    async find(ownerId, id) {
      const books = store(ownerId)
      const category = books.categories.get(id)
      return category === null ? null : withUsage(books)(category)
    },
    async list(ownerId, { words }, page) {
      const books = store(ownerId)
      const matching = [...books.categories.values()].filter(({ name }) => hasWords(foldWords(name), words))
      const byName = {
        positionOf: ({ id, name }: Category) => ({ key: foldName(name), id }),
        compareKeys: compareText,
        readKey: (key: string) => key,
        isDescending: false,
      }
      return pageOfRows(matching, byName, page).map(withUsage(books))
    },
  }
}

function withUsage({ expenses }: MemoryBooks): (category: Category) => CategoryWithUsage {
  const byCategory = Map.groupBy(expenses.values(), ({ categoryId }: Expense) => categoryId)
  return (category) => ({ category, ...usage(byCategory.get(category.id) ?? []) })
}
