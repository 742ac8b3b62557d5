import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { change, look, otherBooks, refusal } from '../kernel/steps.ts'
import { everyExpense } from './expense-queries-contract.ts'
import { anExpense } from './spending-builders.ts'
import { hasExpense, storedCategory, storedExpense } from './spending-steps.ts'

/** Another owner's expenses are as good as absent (F79, F80), and nothing can point to another owner (F81). */
export const expenseIsolationContract: Contract = {
  name: 'expenses of another owner',
  cases: [
    {
      name: 'finds no expense of another owner',
      brokenBy: { repository: 'expenses', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedExpense(otherBooks(harness))
        assert.equal((await look(harness, (tx) => tx.expenses.find(id))) ?? null, null)
      },
    },
    {
      name: 'lists no expense of another owner by category',
      brokenBy: { repository: 'expenses', method: 'listByCategory', gives: 'theirs' },
      async run(harness) {
        const { categoryId } = await storedExpense(otherBooks(harness))
        assert.deepEqual(await look(harness, (tx) => tx.expenses.listByCategory(categoryId, 10)), [])
      },
    },
    {
      name: 'counts no expense of another owner by category',
      async run(harness) {
        const { categoryId } = await storedExpense(otherBooks(harness))
        const { expenseCount } = await look(harness, (tx) => tx.expenses.usageOf(categoryId))
        assert.equal(expenseCount, 0)
      },
    },
    {
      name: 'reports no expenses when only another owner has some',
      async run(harness) {
        await storedExpense(otherBooks(harness))
        assert.equal(await look(harness, (tx) => tx.expenses.exist()), false)
      },
    },
    {
      name: 'refuses an expense in a category of another owner (F81)',
      async run(harness) {
        const { id: categoryId } = await storedCategory(otherBooks(harness))
        const expense = anExpense({ categoryId })
        await refusal(
          change(harness, (tx) => tx.expenses.insert(expense)),
          'category_not_found',
        )
      },
    },
    {
      name: 'refuses to move an expense to a category of another owner (F81)',
      async run(harness) {
        const { id: categoryId } = await storedCategory(otherBooks(harness))
        const expense = await storedExpense(harness)
        const attempt = change(harness, (tx) => tx.expenses.update({ ...expense, categoryId, version: 2 }, 1))
        await refusal(attempt, 'category_not_found')
      },
    },
    {
      name: 'refuses to update an expense of another owner, and does not change it',
      async run(harness) {
        const { ports, otherOwnerId } = harness
        const expense = await storedExpense(otherBooks(harness), { description: 'theirs' })
        const { id: categoryId } = await storedCategory(harness)
        const mine = { ...expense, categoryId, description: 'mine', version: 2 }
        await refusal(
          change(harness, (tx) => tx.expenses.update(mine, 1)),
          'concurrent_change',
        )
        const stored = await ports.queries.expenses.find(otherOwnerId, expense.id)
        assert.equal(stored?.description, 'theirs')
      },
    },
    {
      name: 'refuses to delete an expense of another owner, and keeps it',
      async run(harness) {
        const expense = await storedExpense(otherBooks(harness))
        await refusal(
          change(harness, (tx) => tx.expenses.delete(expense)),
          'concurrent_change',
        )
        assert.equal(await hasExpense(otherBooks(harness), expense), true)
      },
    },
    {
      name: 'shows no expense of another owner',
      brokenBy: { queries: 'expenses', method: 'find', gives: 'theirs' },
      async run(harness) {
        const expense = await storedExpense(otherBooks(harness))
        assert.equal(await hasExpense(harness, expense), false)
      },
    },
    {
      name: 'lists no expense of another owner',
      brokenBy: { queries: 'expenses', method: 'list', gives: 'theirs' },
      async run(harness) {
        const { ports, ownerId } = harness
        await storedExpense(otherBooks(harness))
        const page = { after: null, limit: 10 }
        assert.deepEqual(await ports.queries.expenses.list(ownerId, everyExpense, 'amount', page), [])
      },
    },
    {
      name: 'sums no expense of another owner',
      brokenBy: { queries: 'expenses', method: 'summarise', gives: 'theirs' },
      async run(harness) {
        const { ports, ownerId } = harness
        await storedExpense(otherBooks(harness))
        assert.deepEqual(await ports.queries.expenses.summarise(ownerId, everyExpense, 'month'), [])
      },
    },
  ],
}
