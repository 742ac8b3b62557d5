import type { CreateCategoryInput, CreateExpenseInput } from '@daftari/application'
import { type Category, type CategoryEvent, type Expense, type ExpenseEvent, money } from '@daftari/domain'
import { fact, type RecordChange } from '../kernel/fact.ts'
import { freshId, on, recorded } from '../kernel/fresh.ts'

/** A category as it is after its creation. */
export function aCategory(overrides: Partial<Category> = {}): Category {
  const id = freshId<Category['id']>()
  return { id, name: `Category ${id}`, ...recorded, ...overrides }
}

/** An expense of TSh 12,500. Without a `categoryId` it names a category that nobody has. */
export function anExpense(overrides: Partial<Expense> = {}): Expense {
  return {
    id: freshId(),
    amount: money.of(12_500_00n, 'TZS'),
    categoryId: freshId(),
    expenseDate: on('2026-11-20'),
    description: null,
    attachmentIds: [],
    ...recorded,
    ...overrides,
  }
}

export function aCategoryInput(overrides: Partial<CreateCategoryInput> = {}): CreateCategoryInput {
  return { name: 'Travel', ...overrides }
}

/** TSh 12,500 on a day that every test's clock has behind it. */
export function anExpenseInput(
  overrides: Pick<CreateExpenseInput, 'categoryId'> & Partial<CreateExpenseInput>,
): CreateExpenseInput {
  return { amount: { amount: '12500.00', currency: 'TZS' }, expenseDate: '2026-01-15', ...overrides }
}

/** @example categoryEvent('category.created', { after: category }) */
export function categoryEvent(type: CategoryEvent['type'], change: RecordChange<Category>): CategoryEvent {
  return fact(type, 'category', change)
}

export function expenseEvent(type: ExpenseEvent['type'], change: RecordChange<Expense>): ExpenseEvent {
  return fact(type, 'expense', change)
}
