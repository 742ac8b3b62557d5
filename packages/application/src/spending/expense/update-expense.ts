import { changeExpense, type ExpenseFacts, type ExpenseId } from '@daftari/domain'
import { linkAttachments } from '../../files/references.ts'
import { found, idOf } from '../../kernel/input/found.ts'
import { parse } from '../../kernel/input/parse.ts'
import { onVersion, requireVersion } from '../../kernel/input/precondition.ts'
import { withoutUndefined } from '../../kernel/input/without-undefined.ts'
import { occasionOf } from '../../kernel/occasion.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import {
  type ExpenseTarget,
  type ExpenseView,
  expenseChange,
  expenseRecord,
  type UpdateExpenseInput,
} from './expense-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock'> & { readonly settings: OwnerSettings }

/** @throws not_found, precondition_required, concurrent_change, validation_failed, category_not_found, attachment_not_found */
export function updateExpense({ unitOfWork, clock, settings }: Deps) {
  return async function updateExpense(
    scope: TransactionScope,
    { expenseId, version }: ExpenseTarget,
    fields: UpdateExpenseInput,
  ): Promise<ExpenseView> {
    const id = idOf<ExpenseId>('expense', expenseId)
    const known = await settings.current(scope.ownerId)
    return onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const expense = found('expense', id, await tx.expenses.find(id))
        requireVersion('expense', expense, version)
        const change: Partial<ExpenseFacts> = withoutUndefined(parse(expenseChange, fields))
        const { at, today } = occasionOf(scope, known, clock)
        const { state, events } = changeExpense(expense, change, { ...known, today }, at)
        await linkAttachments(tx, change.attachmentIds ?? [], at)
        if (events.length > 0) tx.expenses.update(state, expense.version)
        tx.events.append(events)
        return expenseRecord(state)
      }),
    )
  }
}
