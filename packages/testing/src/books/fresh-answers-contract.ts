import assert from 'node:assert/strict'
import { money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { change } from '../kernel/steps.ts'
import { someSettings } from '../settings/settings-builders.ts'
import { everyExpense } from '../spending/expense-queries-contract.ts'
import { aCategory, anExpense } from '../spending/spending-builders.ts'
import { storedCategory } from '../spending/spending-steps.ts'
import { answers } from './fresh-answers-steps.ts'

const ALL = { after: null, limit: 10 }

/** The same question, asked again after a change, is answered anew: what an adapter remembers it forgets in time. */
export const freshAnswersContract: Contract = {
  name: 'fresh answers',
  cases: [
    {
      name: 'shows a category with every change of it and of its usage at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = aCategory({ name: 'Fuel' })
        const renamed = { ...category, name: 'Rent', version: 2 }
        const expense = anExpense({ categoryId: category.id })
        const given = await answers(
          () => ports.queries.categories.find(ownerId, category.id),
          () => change(harness, (tx) => tx.categories.insert(category)),
          () => change(harness, (tx) => tx.categories.update(renamed, 1)),
          () => change(harness, (tx) => tx.expenses.insert(expense)),
          () => change(harness, (tx) => tx.expenses.delete(expense)),
          () => change(harness, (tx) => tx.categories.delete(renamed)),
        )
        const seen = given.map((found) => (found ? `${found.category.name} ${found.expenseCount}` : null))
        assert.deepEqual(seen, [null, 'Fuel 0', 'Rent 0', 'Rent 1', 'Rent 0', null])
      },
    },
    {
      name: 'lists categories with every change of them and of their usage at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = aCategory({ name: 'Fuel' })
        const renamed = { ...category, name: 'Rent', version: 2 }
        const expense = anExpense({ categoryId: category.id })
        const given = await answers(
          () => ports.queries.categories.list(ownerId, { words: [] }, ALL),
          () => change(harness, (tx) => tx.categories.insert(category)),
          () => change(harness, (tx) => tx.categories.update(renamed, 1)),
          () => change(harness, (tx) => tx.expenses.insert(expense)),
          () => change(harness, (tx) => tx.expenses.delete(expense)),
          () => change(harness, (tx) => tx.categories.delete(renamed)),
        )
        const seen = given.map((rows) => rows.map((row) => `${row.category.name} ${row.expenseCount}`).join())
        assert.deepEqual(seen, ['', 'Fuel 0', 'Rent 0', 'Rent 1', 'Rent 0', ''])
      },
    },
    {
      name: 'shows an expense with every change at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const { id: categoryId } = await storedCategory(harness)
        const expense = anExpense({ categoryId, description: 'One' })
        const changed = { ...expense, description: 'Two', version: 2 }
        const given = await answers(
          () => ports.queries.expenses.find(ownerId, expense.id),
          () => change(harness, (tx) => tx.expenses.insert(expense)),
          () => change(harness, (tx) => tx.expenses.update(changed, 1)),
          () => change(harness, (tx) => tx.expenses.delete(changed)),
        )
        assert.deepEqual(
          given.map((found) => found?.description ?? null),
          [null, 'One', 'Two', null],
        )
      },
    },
    {
      name: 'lists expenses with every change at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const { id: categoryId } = await storedCategory(harness)
        const expense = anExpense({ categoryId, description: 'One' })
        const changed = { ...expense, description: 'Two', version: 2 }
        const given = await answers(
          () => ports.queries.expenses.list(ownerId, everyExpense, 'expenseDate', ALL),
          () => change(harness, (tx) => tx.expenses.insert(expense)),
          () => change(harness, (tx) => tx.expenses.update(changed, 1)),
          () => change(harness, (tx) => tx.expenses.delete(changed)),
        )
        assert.deepEqual(
          given.map((rows) => rows.map(({ description }) => description)),
          [[], ['One'], ['Two'], []],
        )
      },
    },
    {
      name: 'sums expenses with every change of them and of the names of their categories at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = await storedCategory(harness, { name: 'Fuel' })
        const renamed = { ...category, name: 'Rent', version: 2 }
        const expense = anExpense({ categoryId: category.id, amount: money.of(100n, 'TZS') })
        const changed = { ...expense, amount: money.of(200n, 'TZS'), version: 2 }
        const given = await answers(
          () => ports.queries.expenses.summarise(ownerId, everyExpense, 'category'),
          () => change(harness, (tx) => tx.expenses.insert(expense)),
          () => change(harness, (tx) => tx.expenses.update(changed, 1)),
          () => change(harness, (tx) => tx.categories.update(renamed, 1)),
          () => change(harness, (tx) => tx.expenses.delete(changed)),
        )
        const seen = given.map((groups) => groups.map((row) => `${row.label} ${row.totalMinor}`).join())
        assert.deepEqual(seen, ['', 'Fuel 100', 'Fuel 200', 'Rent 200', ''])
      },
    },
    {
      name: 'shows settings with every change at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = someSettings(ownerId, { maxCategories: 3 })
        const given = await answers(
          () => ports.queries.settings.get(ownerId),
          () => change(harness, (tx) => tx.settings.update(first, 0)),
          () => change(harness, (tx) => tx.settings.update({ ...first, maxCategories: 4, version: 2 }, 1)),
        )
        assert.deepEqual(
          given.map(({ version, maxCategories }) => [version, maxCategories]),
          [
            [0, 100],
            [1, 3],
            [2, 4],
          ],
        )
      },
    },
  ],
}
