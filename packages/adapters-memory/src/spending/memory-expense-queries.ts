import type {
  ExpenseFilter,
  ExpenseGrouping,
  ExpenseQueries,
  ExpenseSort,
  KeysetPage,
} from '@daftari/application'
import { compareText, type Expense, foldWords, monthOf } from '@daftari/domain'
import { compareNumbers, pageOfRows } from '../kernel/keyset.ts'
import { hasWords } from '../kernel/words.ts'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'
import { usage } from './memory-expense-repository.ts'

export function memoryExpenseQueries(store: MemoryStore): ExpenseQueries {
  return {
    async find(ownerId, id) {
      return store(ownerId).expenses.get(id)
    },
    async list(ownerId, filter, sort, page) {
      return sorted(matching(store(ownerId), filter), sort, page)
    },
    async summarise(ownerId, filter, groupBy) {
      const books = store(ownerId)
      const groups = Map.groupBy(matching(books, filter), groupKey(groupBy))
      return [...groups].map(([key, expenses]) => {
        const { expenseCount: count, totalMinor } = usage(expenses)
        const label = groupBy === 'category' ? (books.categories.get(key)?.name ?? key) : key
        return { key, label, count, totalMinor }
      })
    },
  }
}

function matching({ expenses }: MemoryBooks, filter: ExpenseFilter): Expense[] {
  const { from, to, minMinor, maxMinor, words } = filter
  const categoryIds = new Set(filter.categoryIds)
  return [...expenses.values()].filter(
    ({ categoryId, expenseDate, amount: { amountMinor }, description }) =>
      (categoryIds.size === 0 || categoryIds.has(categoryId)) &&
      (from === null || expenseDate >= from) &&
      (to === null || expenseDate <= to) &&
      (minMinor === null || amountMinor >= minMinor) &&
      (maxMinor === null || amountMinor <= maxMinor) &&
      (words.length === 0 || hasWords(foldWords(description ?? ''), words)),
  )
}

function sorted(expenses: readonly Expense[], sort: ExpenseSort, page: KeysetPage): Expense[] {
  const isDescending = sort.startsWith('-')
  if (sort.endsWith('expenseDate')) {
    const byDate = {
      positionOf: ({ id, expenseDate }: Expense) => ({ key: expenseDate as string, id }),
      compareKeys: compareText,
      readKey: (key: string) => key,
      isDescending,
    }
    return pageOfRows(expenses, byDate, page)
  }
  const byAmount = {
    positionOf: ({ id, amount }: Expense) => ({ key: amount.amountMinor, id }),
    compareKeys: compareNumbers,
    readKey: BigInt,
    isDescending,
  }
  return pageOfRows(expenses, byAmount, page)
}

function groupKey(groupBy: ExpenseGrouping): (expense: Expense) => string {
  if (groupBy === 'category') return ({ categoryId }) => categoryId
  return groupBy === 'month' ? ({ expenseDate }) => monthOf(expenseDate) : ({ expenseDate }) => expenseDate
}
