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
      name: 'finds null where there is no such expense',
      async run(harness) {
        assert.equal(await look(harness, (tx) => tx.expenses.find(freshId())), null)
      },
    },
    {
      name: 'finds an expense that the transaction itself staged',
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
      name: 'lists what is filed under a category, oldest id first, no more than asked for',
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
      name: 'counts what a category is used for, and adds it up exactly beyond 2^53',
      async run(harness) {
        const amount = money.of(2n ** 53n + 1n, 'TZS')
        const [one] = await storedExpenses(harness, [{ amount }, { amount }])
        assert.ok(one)
        const usage = await look(harness, (tx) => tx.expenses.usageOf(one.categoryId))
        assert.deepEqual(usage, { expenseCount: 2, totalMinor: 2n ** 54n + 2n })
      },
    },
    {
      name: 'counts nothing and adds up to nothing where no expense uses a category',
      async run(harness) {
        const { id } = await storedCategory(harness)
        const usage = await look(harness, (tx) => tx.expenses.usageOf(id))
        assert.deepEqual(usage, { expenseCount: 0, totalMinor: 0n })
      },
    },
    {
      name: 'knows whether there is any expense, one that is staged included',
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
