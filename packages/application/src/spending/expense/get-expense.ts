import type { ExpenseId } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import { type ExpenseView, expenseRecord } from './expense-shapes.ts'

/** @throws not_found */
export function getExpense({ queries }: Pick<Ports, 'queries'>) {
  return async function getExpense(
    { ownerId }: Scope,
    { expenseId }: { readonly expenseId: string },
  ): Promise<ExpenseView> {
    const id = idOf<ExpenseId>('expense', expenseId)
    return expenseRecord(found('expense', id, await queries.expenses.find(ownerId, id)))
  }
}
