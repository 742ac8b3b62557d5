import {
  type CategoryEvent,
  type CategoryId,
  changeExpense,
  createCategory,
  defaultSettings,
  deleteCategory,
  deleteExpense,
  type ExpenseEvent,
  type ExpenseId,
  money,
  recordExpense,
  renameCategory,
} from '@daftari/domain'
import { example } from '../kernel/examples.ts'

const { ownerId, at, by, today, id } = example

export function categoryEvents(): readonly CategoryEvent[] {
  const made = createCategory({ id: id<CategoryId>(2), name: 'Usafiri', at, by }, [], 100)
  const renamed = renameCategory(made.state, 'Usafiri na mafuta', [], at)
  return [...made.events, ...renamed.events, deleteCategory(renamed.state, 0, at)]
}

export function expenseEvents(): readonly ExpenseEvent[] {
  const rules = { today, ...defaultSettings(ownerId) }
  const expense = {
    id: id<ExpenseId>(3),
    amount: money.of(12_500_00n, 'TZS'),
    categoryId: id<CategoryId>(2),
    expenseDate: today,
    description: 'Daladala',
    attachmentIds: [],
    at,
    by,
  }
  const recorded = recordExpense(expense, rules)
  const changed = changeExpense(recorded.state, { amount: money.of(13_000_00n, 'TZS') }, rules, at)
  return [...recorded.events, ...changed.events, deleteExpense(changed.state, at)]
}
