import assert from 'node:assert/strict'
import type { Category, Expense } from '@daftari/domain'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { aCategory, anExpense } from './spending-builders.ts'

export async function storedCategory(desk: OwnerBooks, overrides: Partial<Category> = {}): Promise<Category> {
  const category = aCategory(overrides)
  await change(desk, (tx) => tx.categories.insert(category))
  return category
}

export async function storedExpense(desk: OwnerBooks, overrides: Partial<Expense> = {}): Promise<Expense> {
  const [expense] = await storedExpenses(desk, [overrides])
  assert.ok(expense)
  return expense
}

/** In the order given, under one new category unless they name theirs. */
export async function storedExpenses(
  desk: OwnerBooks,
  list: readonly Partial<Expense>[],
): Promise<readonly Expense[]> {
  const category = aCategory()
  const expenses = list.map((overrides) => anExpense({ categoryId: category.id, ...overrides }))
  await change(desk, (tx) => {
    if (expenses.some(({ categoryId }) => categoryId === category.id)) tx.categories.insert(category)
    for (const expense of expenses) tx.expenses.insert(expense)
  })
  return expenses
}

export async function hasCategory({ ports, ownerId }: OwnerBooks, { id }: Category): Promise<boolean> {
  return ((await ports.queries.categories.find(ownerId, id)) ?? null) !== null
}

export async function hasExpense({ ports, ownerId }: OwnerBooks, { id }: Expense): Promise<boolean> {
  return ((await ports.queries.expenses.find(ownerId, id)) ?? null) !== null
}
