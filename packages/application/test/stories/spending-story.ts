import { tzs } from '../support/open-books.ts'
import type { Story } from './story.ts'

export const spendingStory: Story = async ({ books, scope }) => {
  const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
  await books.categories.update(scope, { categoryId, version: 1 }, { name: 'Safari' })
  const fare = { amount: tzs('5'), categoryId, expenseDate: '2026-11-21' }
  const { id: expenseId } = await books.expenses.create(scope, fare)
  await books.expenses.update(scope, { expenseId, version: 1 }, { description: 'Basi' })
  await books.expenses.delete(scope, { expenseId, version: 2 })
  await books.categories.delete(scope, { categoryId, version: 2 })
}
