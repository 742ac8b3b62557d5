import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { change, onlyOneOf, refusal } from '../kernel/steps.ts'
import { aCategory, anExpense } from './spending-builders.ts'
import { hasCategory, hasExpense, storedCategory, storedExpense } from './spending-steps.ts'

/** What is refused of categories. */
export const categoryRulesContract: Contract = {
  name: 'rules of categories',
  cases: [
    {
      name: 'refuses a new name with a folded form that is taken (F68)',
      async run(harness) {
        await storedCategory(harness, { name: 'Straße' })
        const attempt = change(harness, (tx) => tx.categories.insert(aCategory({ name: 'ＳＴＲＡＳＳＥ' })))
        await refusal(attempt, 'category_name_taken')
      },
    },
    {
      name: 'refuses to rename a category to a name with a folded form that is taken',
      async run(harness) {
        await storedCategory(harness, { name: 'Travel' })
        const other = await storedCategory(harness, { name: 'Journeys' })
        const renamed = { ...other, name: 'TRAVEL', version: 2 }
        await refusal(
          change(harness, (tx) => tx.categories.update(renamed, 1)),
          'category_name_taken',
        )
      },
    },
    {
      name: 'lets a category change the spelling of its own name',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = await storedCategory(harness, { name: 'travel' })
        await change(harness, (tx) => tx.categories.update({ ...category, name: 'Travel', version: 2 }, 1))
        assert.equal((await ports.queries.categories.find(ownerId, category.id))?.category.name, 'Travel')
      },
    },
    {
      name: 'accepts one of two categories that take the same name concurrently',
      async run(harness) {
        const names = ['Travel', 'travel']
        await onlyOneOf(
          names.map((name) => change(harness, (tx) => tx.categories.insert(aCategory({ name })))),
          'category_name_taken',
        )
      },
    },
    {
      name: 'frees a name when its category is deleted',
      async run(harness) {
        const first = await storedCategory(harness, { name: 'Travel' })
        await change(harness, (tx) => tx.categories.delete(first))
        const second = await storedCategory(harness, { name: 'Travel' })
        assert.equal(await hasCategory(harness, second), true)
      },
    },
    {
      name: 'refuses to update a category with a stale version',
      async run(harness) {
        const category = await storedCategory(harness, { version: 3 })
        const attempt = change(harness, (tx) => tx.categories.update({ ...category, version: 3 }, 2))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'refuses to update a deleted category',
      async run(harness) {
        const category = await storedCategory(harness)
        await change(harness, (tx) => tx.categories.delete(category))
        const attempt = change(harness, (tx) => tx.categories.update({ ...category, version: 2 }, 1))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'lets one of two transactions change the version of a category that both read (F16)',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = await storedCategory(harness)
        const names = ['Journeys', 'Trips']
        const winner = await onlyOneOf(
          names.map((name) =>
            change(harness, (tx) => tx.categories.update({ ...category, name, version: 2 }, 1)),
          ),
          'concurrent_change',
        )
        const stored = await ports.queries.categories.find(ownerId, category.id)
        assert.equal(stored?.category.name, names[winner])
      },
    },
    {
      name: 'refuses to delete a category with a stale version',
      async run(harness) {
        const category = await storedCategory(harness, { version: 3 })
        const attempt = change(harness, (tx) => tx.categories.delete({ ...category, version: 2 }))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'refuses to delete a category a second time (F17)',
      async run(harness) {
        const category = await storedCategory(harness)
        await change(harness, (tx) => tx.categories.delete(category))
        const attempt = change(harness, (tx) => tx.categories.delete(category))
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'refuses to delete a category that has expenses (F18)',
      async run(harness) {
        const category = await storedCategory(harness)
        await storedExpense(harness, { categoryId: category.id })
        const attempt = change(harness, (tx) => tx.categories.delete(category))
        await refusal(attempt, 'category_in_use')
      },
    },
    {
      name: 'leaves no expense without a category when a category is deleted while an expense is added to it (F18)',
      async run(harness) {
        const category = await storedCategory(harness)
        const expense = anExpense({ categoryId: category.id })
        const winner = await onlyOneOf(
          [
            change(harness, (tx) => tx.expenses.insert(expense)),
            change(harness, (tx) => tx.categories.delete(category)),
          ],
          'category_in_use',
          'category_not_found',
        )
        assert.equal(await hasExpense(harness, expense), winner === 0)
        assert.equal(await hasCategory(harness, category), winner === 0)
      },
    },
  ],
}
