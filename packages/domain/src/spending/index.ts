export {
  type Category,
  type CategoryEvent,
  createCategory,
  deleteCategory,
  type NewCategory,
  renameCategory,
} from './category/category.ts'
export {
  changeExpense,
  deleteExpense,
  type Expense,
  type ExpenseEvent,
  moveExpense,
  type NewExpense,
  recordExpense,
} from './expense/expense.ts'
export type { ExpenseFacts } from './expense/expense-facts.ts'
export { brokenRules, type ExpenseRules } from './expense/expense-rules.ts'
export type { CategoryId, ExpenseId } from './ids.ts'
export type { ExpensePolicy, SpendingSettings } from './settings-section.ts'
