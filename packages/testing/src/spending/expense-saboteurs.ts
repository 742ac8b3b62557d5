import type { Category, Expense } from '@daftari/domain'
import { accepting, called, calledOnly, onQueriesKnowing } from '../kernel/sabotage/constraints.ts'
import type { Ledger, Trace } from '../kernel/sabotage/ledger.ts'
import type { Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'
import { blindTo, lastWins } from '../kernel/sabotage/versions.ts'
import { rounded } from './category-query-saboteurs.ts'
import { everyExpense } from './expense-queries-contract.ts'

/** Whether the transaction files an expense under a category that nobody, or only somebody else, has. */
export function isMisfiled(
  trace: Trace,
  ledger: Ledger,
  method: 'insert' | 'update',
  whose: 'nobody' | 'others',
): boolean {
  return (
    calledOnly(trace, `expenses.${method}`) &&
    called<Expense>(trace, `expenses.${method}`, ({ categoryId }) => {
      const others = ledger.given<Category>('categories.insert', trace.ownerId, 'others')
      return others.some(({ id }) => id === categoryId) === (whose === 'others')
    })
  )
}

export const expenseSaboteurs: Saboteurs = {
  'finds an expense as it was stored, its files in order': onRepository('expenses', (expenses) => ({
    async find(id) {
      const found = await expenses.find(id)
      return found === null ? null : { ...found, attachmentIds: found.attachmentIds.toSorted() }
    },
  })),

  'gives null for an expense that does not exist': onRepository('expenses', (expenses) => ({
    find: async (id) => (await expenses.find(id)) ?? (undefined as never),
  })),

  'finds an expense that the same transaction staged': onRepository(
    'expenses',
    (expenses, _, { ownerId }, { queries }) => ({
      async find(id) {
        await expenses.find(id)
        return queries.expenses.find(ownerId, id)
      },
    }),
  ),

  'lists the expenses of a category, oldest id first, at most the limit': onRepository(
    'expenses',
    (expenses) => ({
      listByCategory: async (categoryId, limit) =>
        (await expenses.listByCategory(categoryId, limit)).toReversed(),
    }),
  ),

  'counts the expenses of a category, and sums them exactly beyond 2^53': onRepository(
    'expenses',
    (expenses) => ({
      async usageOf(categoryId) {
        const { expenseCount, totalMinor } = await expenses.usageOf(categoryId)
        return { expenseCount, totalMinor: rounded(totalMinor) }
      },
    }),
  ),

  'gives a count and a sum of zero for a category without expenses': onRepository('expenses', (expenses) => ({
    async usageOf(categoryId) {
      const usage = await expenses.usageOf(categoryId)
      return usage.expenseCount > 0 ? usage : { expenseCount: 0, totalMinor: null as never }
    },
  })),

  'knows whether there is any expense, including staged ones': onRepository(
    'expenses',
    (_expenses, _tx, { ownerId }, { queries }) => ({
      exist: async () => (await queries.expenses.list(ownerId, everyExpense, 'amount', ALL)).length > 0,
    }),
  ),

  'stores an update of an expense': onRepository('expenses', (expenses) => ({
    update: (expense, version) => expenses.update({ ...expense, attachmentIds: [] }, version),
  })),

  'deletes an expense for good': onQueriesKnowing('expenses', (queries, ledger) => ({
    async find(ownerId, id) {
      const deleted = ledger
        .given<Expense>('expenses.delete', ownerId)
        .find((one) => one.id === id && one.version === 1)
      return (await queries.find(ownerId, id)) ?? deleted ?? null
    },
  })),

  'refuses an expense in a category that does not exist': accepting('category_not_found', (trace, ledger) =>
    isMisfiled(trace, ledger, 'insert', 'nobody'),
  ),

  'refuses to move an expense to a category that does not exist': accepting(
    'category_not_found',
    (trace, ledger) => isMisfiled(trace, ledger, 'update', 'nobody'),
  ),

  'refuses an expense in a currency other than the base currency': accepting(
    'validation_failed',
    ({ isContended }) => !isContended,
  ),

  'refuses to update an expense with a stale version': blindTo('expenses', 'update', 'stale'),
  'refuses to update a deleted expense': blindTo('expenses', 'update', 'gone'),
  'lets one of two transactions change the version of an expense that both read (F16)': lastWins(
    'expenses',
    'update',
  ),
  'refuses to delete an expense with a stale version': blindTo('expenses', 'delete', 'stale'),
  'lets one of two transactions delete an expense (F17)': lastWins('expenses', 'delete'),
}
