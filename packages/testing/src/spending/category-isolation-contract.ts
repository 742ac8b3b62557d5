import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { change, look, otherBooks, refusal } from '../kernel/steps.ts'
import { aCategory } from './spending-builders.ts'
import { hasCategory, storedCategory, storedExpense } from './spending-steps.ts'

/** Another owner's categories are as good as absent (F79, F80). */
export const categoryIsolationContract: Contract = {
  name: 'categories of another owner',
  cases: [
    {
      name: 'finds no category of another owner',
      brokenBy: { repository: 'categories', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedCategory(otherBooks(harness))
        assert.equal((await look(harness, (tx) => tx.categories.find(id))) ?? null, null)
      },
    },
    {
      name: 'finds no category of another owner among many ids',
      brokenBy: { repository: 'categories', method: 'findMany', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedCategory(otherBooks(harness))
        assert.deepEqual(await look(harness, (tx) => tx.categories.findMany([id])), [])
      },
    },
    {
      name: 'locks and returns no category of another owner',
      brokenBy: { repository: 'categories', method: 'lockAll', gives: 'theirs' },
      async run(harness) {
        await storedCategory(otherBooks(harness))
        assert.deepEqual(await look(harness, (tx) => tx.categories.lockAll()), [])
      },
    },
    {
      name: 'refuses to update a category of another owner, and does not change it',
      async run(harness) {
        const { ports, otherOwnerId } = harness
        const category = await storedCategory(otherBooks(harness), { name: 'Theirs' })
        const attempt = change(harness, (tx) =>
          tx.categories.update({ ...category, name: 'Mine', version: 2 }, 1),
        )
        await refusal(attempt, 'concurrent_change')
        const stored = await ports.queries.categories.find(otherOwnerId, category.id)
        assert.equal(stored?.category.name, 'Theirs')
      },
    },
    {
      name: 'refuses to delete a category of another owner, and keeps it',
      async run(harness) {
        const category = await storedCategory(otherBooks(harness))
        const attempt = change(harness, (tx) => tx.categories.delete(category))
        await refusal(attempt, 'concurrent_change')
        assert.equal(await hasCategory(otherBooks(harness), category), true)
      },
    },
    {
      name: 'lets two owners use the same category name',
      async run(harness) {
        await storedCategory(otherBooks(harness), { name: 'Travel' })
        const category = await storedCategory(harness, { name: 'Travel' })
        assert.equal(await hasCategory(harness, category), true)
      },
    },
    {
      name: 'keeps categories of two owners with the same id apart',
      async run(harness) {
        const { ports, ownerId } = harness
        const mine = await storedCategory(harness, { name: 'Mine' })
        await storedCategory(otherBooks(harness), aCategory({ id: mine.id, name: 'Theirs' }))
        const stored = await ports.queries.categories.find(ownerId, mine.id)
        assert.equal(stored?.category.name, 'Mine')
      },
    },
    {
      name: 'shows no category of another owner',
      brokenBy: { queries: 'categories', method: 'find', gives: 'theirs' },
      async run(harness) {
        const category = await storedCategory(otherBooks(harness))
        assert.equal(await hasCategory(harness, category), false)
      },
    },
    {
      name: 'lists no category of another owner',
      brokenBy: { queries: 'categories', method: 'list', gives: 'theirs' },
      async run(harness) {
        const { ports, ownerId } = harness
        await storedCategory(otherBooks(harness))
        const page = { after: null, limit: 10 }
        assert.deepEqual(await ports.queries.categories.list(ownerId, { words: [] }, page), [])
      },
    },
    {
      name: 'counts no expense of another owner under a category with the same id',
      async run(harness) {
        const { ports, ownerId } = harness
        const { id } = await storedCategory(harness)
        await storedCategory(otherBooks(harness), { id })
        await storedExpense(otherBooks(harness), { categoryId: id })
        assert.equal((await ports.queries.categories.find(ownerId, id))?.expenseCount, 0)
      },
    },
  ],
}
