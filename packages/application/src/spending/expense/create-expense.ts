import { type ExpenseId, recordExpense } from '@daftari/domain'
import { linkAttachments } from '../../files/references.ts'
import { parse } from '../../kernel/input/parse.ts'
import { occasionOf } from '../../kernel/occasion.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import {
  type CreateExpenseInput,
  createExpenseInput,
  type ExpenseView,
  expenseRecord,
} from './expense-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

/** Records an expense. @throws validation_failed, category_not_found, attachment_not_found */
export function createExpense({ unitOfWork, clock, ids, settings }: Deps) {
  return async function createExpense(
    scope: TransactionScope,
    input: CreateExpenseInput,
  ): Promise<ExpenseView> {
    const facts = parse(createExpenseInput, input)
    const known = await settings.current(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const { at, by, today } = occasionOf(scope, known, clock)
      const expense = { id: ids.next<ExpenseId>(), ...facts, at, by }
      const { state, events } = recordExpense(expense, { ...known, today })
      await linkAttachments(tx, state.attachmentIds, at)
      tx.expenses.insert(state)
      tx.events.append(events)
      return expenseRecord(state)
    })
  }
}
