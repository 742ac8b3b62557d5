import assert from 'node:assert/strict'
import { type AttachmentId, type Expense, money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId, on } from '../kernel/fresh.ts'
import { change, look } from '../kernel/steps.ts'
import { anExpense } from './spending-builders.ts'
import { hasExpense, storedCategory, storedExpense, storedExpenses } from './spending-steps.ts'

/** What a transaction finds and changes of expenses. */
export const expenseRepositoryContract: Contract = {
  name: 'expenses',
  cases: [
    {
      name: 'finds an expense as it was stored, its files in order',
      async run(harness) {
        const [first, second] = [freshId<AttachmentId>(), freshId<AttachmentId>()]
        const expense = await storedExpense(harness, {
          amount: money.of(2n ** 62n + 1n, 'TZS'),
          expenseDate: on('1970-01-01'),
          description: 'Karatasi "A4"\n— 2 × 500 🧾',
          attachmentIds: [second, first],
          updatedAt: at('2026-11-21T09:00:00.007Z'),
        })
        assert.deepEqual(await look(harness, (tx) => tx.expenses.find(expense.id)), expense)
      },
    },
    {
      name: 'gives null for an expense that does not exist',
      async run(harness) {
        assert.equal(await look(harness, (tx) => tx.expenses.find(freshId())), null)
      },
    },
    {
      name: 'finds an expense that the same transaction staged',
      async run(harness) {
        const { id: categoryId } = await storedCategory(harness)
        const expense = anExpense({ categoryId })
        await change(harness, async (tx) => {
          tx.expenses.insert(expense)
          assert.equal((await tx.expenses.find(expense.id))?.id, expense.id)
        })
      },
    },
    {
      name: 'lists the expenses of a category, oldest id first, at most the limit',
      async run(harness) {
        const { id: categoryId } = await storedCategory(harness)
        const list = [1, 2, 3].map(() => anExpense({ categoryId }))
        await storedExpenses(harness, [...list.toReversed(), {}])
        const found = await look(harness, (tx) => tx.expenses.listByCategory(categoryId, 2))
        assert.deepEqual(
          found.map(({ id }) => id),
          list.slice(0, 2).map(({ id }) => id),
        )
      },
    },
    {
      name: 'counts the expenses of a category, and sums them exactly beyond 2^53',
      async run(harness) {
        const amount = money.of(2n ** 53n + 1n, 'TZS')
        const [one] = await storedExpenses(harness, [{ amount }, { amount }])
        assert.ok(one)
        const usage = await look(harness, (tx) => tx.expenses.usageOf(one.categoryId))
        assert.deepEqual(usage, { expenseCount: 2, totalMinor: 2n ** 54n + 2n })
      },
    },
    {
      name: 'gives a count and a sum of zero for a category without expenses',
      async run(harness) {
        const { id } = await storedCategory(harness)
        const usage = await look(harness, (tx) => tx.expenses.usageOf(id))
        assert.deepEqual(usage, { expenseCount: 0, totalMinor: 0n })
      },
    },
    {
      name: 'knows whether there is any expense, including staged ones',
      async run(harness) {
        const { id: categoryId } = await storedCategory(harness)
        await change(harness, async (tx) => {
          assert.equal(await tx.expenses.exist(), false)
          tx.expenses.insert(anExpense({ categoryId }))
          assert.equal(await tx.expenses.exist(), true)
        })
      },
    },
    {
      name: 'stores an update of an expense',
      async run(harness) {
        const { ports, ownerId } = harness
        const expense = await storedExpense(harness)
        const { id: categoryId } = await storedCategory(harness)
        const changed: Expense = {
          ...expense,
          version: 2,
          amount: money.of(1n, 'TZS'),
          categoryId,
          expenseDate: on('2026-11-19'),
          description: 'Fuel',
          attachmentIds: [freshId()],
          updatedAt: at('2026-11-22T10:30:00Z'),
        }
        await change(harness, (tx) => tx.expenses.update(changed, 1))
        assert.deepEqual(await ports.queries.expenses.find(ownerId, expense.id), changed)
      },
    },
    {
      name: 'deletes an expense for good',
      async run(harness) {
        const expense = await storedExpense(harness)
        await change(harness, (tx) => tx.expenses.delete(expense))
        assert.equal(await hasExpense(harness, expense), false)
      },
    },
  ],
}
