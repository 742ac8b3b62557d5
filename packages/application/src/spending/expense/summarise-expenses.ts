import { parseQuery } from '../../kernel/input/parse-query.ts'
import { totalJson } from '../../kernel/input/views.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import type { ExpenseGroup } from '../ports.ts'
import { expenseFilter } from './expense-filter.ts'
import {
  type ExpenseSummaryView,
  type SummariseExpensesInput,
  summariseExpensesInput,
} from './expense-shapes.ts'

type Deps = Pick<Ports, 'queries'> & { readonly settings: OwnerSettings }

/** The sums of expenses by category (largest first), or by month or day (earliest first). @throws invalid_query */
export function summariseExpenses({ queries, settings }: Deps) {
  return async function summariseExpenses(
    { ownerId }: Scope,
    input: SummariseExpensesInput = {},
  ): Promise<ExpenseSummaryView> {
    const { groupBy, ...asked } = parseQuery(summariseExpensesInput, input)
    const { baseCurrency } = await settings.current(ownerId)
    const groups = await queries.expenses.summarise(ownerId, expenseFilter(asked, baseCurrency), groupBy)
    const inOrder = groups.toSorted(groupBy === 'category' ? mostFirst : earliestFirst)
    return {
      groups: inOrder.map(({ key, label, count, totalMinor }) => ({
        key,
        label,
        count,
        total: totalJson(totalMinor, baseCurrency),
      })),
      total: totalJson(
        groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0n),
        baseCurrency,
      ),
    }
  }
}

function mostFirst(one: ExpenseGroup, other: ExpenseGroup): number {
  if (one.totalMinor !== other.totalMinor) return one.totalMinor > other.totalMinor ? -1 : 1
  return earliestFirst(one, other)
}

function earliestFirst(one: ExpenseGroup, other: ExpenseGroup): number {
  return one.key < other.key ? -1 : 1
}
