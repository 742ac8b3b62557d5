import assert from 'node:assert/strict'
import { money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import { change, onlyOneOf, refusal } from '../kernel/steps.ts'
import { anExpense } from './spending-builders.ts'
import { hasExpense, storedCategory, storedExpense } from './spending-steps.ts'

/** What is refused of expenses. */
export const expenseRulesContract: Contract = {
  name: 'rules of expenses',
  cases: [
    {
      name: 'refuses an expense in a category that does not exist',
      async run(harness) {
        const expense = anExpense()
        await refusal(
          change(harness, (tx) => tx.expenses.insert(expense)),
          'category_not_found',
        )
        assert.equal(await hasExpense(harness, expense), false)
      },
    },
    {
      name: 'refuses to move an expense to a category that does not exist',
      async run(harness) {
        const expense = await storedExpense(harness)
        const moved = { ...expense, categoryId: freshId<typeof expense.categoryId>(), version: 2 }
        await refusal(
          change(harness, (tx) => tx.expenses.update(moved, 1)),
          'category_not_found',
        )
      },
    },
    {
      name: 'refuses an expense in a currency other than the base currency',
      async run(harness) {
        const { id: categoryId } = await storedCategory(harness)
        const expense = anExpense({ categoryId, amount: money.of(100n, 'EUR') })
        await refusal(
          change(harness, (tx) => tx.expenses.insert(expense)),
          'validation_failed',
        )
      },
    },
    {
      name: 'refuses to update an expense with a stale version',
      async run(harness) {
        const expense = await storedExpense(harness, { version: 3 })
        await refusal(
          change(harness, (tx) => tx.expenses.update(expense, 2)),
          'concurrent_change',
        )
      },
    },
    {
      name: 'refuses to update a deleted expense',
      async run(harness) {
        const expense = await storedExpense(harness)
        await change(harness, (tx) => tx.expenses.delete(expense))
        const attempt = change(harness, (tx) => tx.expenses.update({ ...expense, version: 2 }, 1))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'lets one of two transactions change the version of an expense that both read (F16)',
      async run(harness) {
        const { ports, ownerId } = harness
        const expense = await storedExpense(harness)
        const descriptions = ['one', 'other']
        const winner = await onlyOneOf(
          descriptions.map((description) =>
            change(harness, (tx) => tx.expenses.update({ ...expense, description, version: 2 }, 1)),
          ),
          'concurrent_change',
        )
        const stored = await ports.queries.expenses.find(ownerId, expense.id)
        assert.equal(stored?.description, descriptions[winner])
      },
    },
    {
      name: 'refuses to delete an expense with a stale version',
      async run(harness) {
        const expense = await storedExpense(harness, { version: 3 })
        const attempt = change(harness, (tx) => tx.expenses.delete({ ...expense, version: 2 }))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'lets one of two transactions delete an expense (F17)',
      async run(harness) {
        const expense = await storedExpense(harness)
        const attempts = [1, 2].map(() => change(harness, (tx) => tx.expenses.delete(expense)))
        await onlyOneOf(attempts, 'concurrent_change')
      },
    },
  ],
}
