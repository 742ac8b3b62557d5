import { deleteExpense as decide, type ExpenseId } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import { onVersion, requireVersion } from '../../kernel/input/precondition.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports } from '../../ports.ts'
import type { ExpenseTarget } from './expense-shapes.ts'

/** @throws not_found, precondition_required, concurrent_change */
export function deleteExpense({ unitOfWork, clock }: Pick<Ports, 'unitOfWork' | 'clock'>) {
  return async function deleteExpense(
    scope: TransactionScope,
    { expenseId, version }: ExpenseTarget,
  ): Promise<Record<string, never>> {
    const id = idOf<ExpenseId>('expense', expenseId)
    return onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const expense = found('expense', id, await tx.expenses.find(id))
        requireVersion('expense', expense, version)
        tx.events.append([decide(expense, clock.now())])
        tx.expenses.delete(expense)
        return {}
      }),
    )
  }
}
