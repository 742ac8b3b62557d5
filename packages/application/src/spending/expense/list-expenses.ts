import { parseQuery } from '../../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../../kernel/pagination/page.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import { expenseFilter, expensePosition } from './expense-filter.ts'
import {
  type ExpenseView,
  expenseRecord,
  type ListExpensesInput,
  listExpensesInput,
} from './expense-shapes.ts'

type Deps = Pick<Ports, 'queries' | 'cursors'> & { readonly settings: OwnerSettings }

/** Lists expenses, by default newest first. @throws invalid_query, invalid_cursor */
export function listExpenses({ queries, cursors, settings }: Deps) {
  return async function listExpenses(
    { ownerId }: Scope,
    input: ListExpensesInput = {},
  ): Promise<Page<ExpenseView>> {
    const { sort, limit, cursor, ...asked } = parseQuery(listExpensesInput, input)
    const { baseCurrency } = await settings.current(ownerId)
    const filter = expenseFilter(asked, baseCurrency)
    return pageOf(
      { cursors, context: [ownerId, 'expenses', filter, sort], cursor, limit },
      (page) => queries.expenses.list(ownerId, filter, sort, page),
      expensePosition(sort),
      expenseRecord,
    )
  }
}
