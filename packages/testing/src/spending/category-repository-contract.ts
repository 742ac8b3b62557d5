import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, look, scopeOf } from '../kernel/steps.ts'
import { aCategory } from './spending-builders.ts'
import { hasCategory, storedCategory } from './spending-steps.ts'

/** What a transaction finds and changes of categories. */
export const categoryRepositoryContract: Contract = {
  name: 'categories',
  cases: [
    {
      name: 'finds a category as it was stored, to the millisecond',
      async run(harness) {
        const category = await storedCategory(harness, {
          name: 'Ofisi — “Kariakoo” 🏢',
          createdAt: at('2026-11-21T09:00:00.001Z'),
          updatedAt: at('2026-11-21T09:00:00.999Z'),
        })
        assert.deepEqual(await look(harness, (tx) => tx.categories.find(category.id)), category)
      },
    },
    {
      name: 'gives null for a category that does not exist',
      async run(harness) {
        assert.equal(await look(harness, (tx) => tx.categories.find(freshId())), null)
      },
    },
    {
      name: 'finds a category that the same transaction staged',
      async run(harness) {
        const category = aCategory()
        await change(harness, async (tx) => {
          tx.categories.insert(category)
          assert.equal((await tx.categories.find(category.id))?.name, category.name)
        })
      },
    },
    {
      name: 'finds those of many ids that exist, each once',
      async run(harness) {
        const [one, other] = [await storedCategory(harness), await storedCategory(harness)]
        const ids = [one.id, freshId<typeof one.id>(), other.id, one.id]
        const found = await look(harness, (tx) => tx.categories.findMany(ids))
        assert.deepEqual(found.map(({ id }) => id).sort(), [one.id, other.id].sort())
      },
    },
    {
      name: 'locks and returns all categories, including staged ones',
      async run(harness) {
        const stored = await storedCategory(harness)
        const staged = aCategory()
        await change(harness, async (tx) => {
          tx.categories.insert(staged)
          const all = await tx.categories.lockAll()
          assert.deepEqual(all.map(({ id }) => id).sort(), [stored.id, staged.id].sort())
        })
      },
    },
    {
      name: 'keeps a limit under twenty concurrent creations, because only the holder of the lock can add (F19)',
      async run(harness) {
        const { ports, ownerId } = harness
        await change(harness, (tx) => {
          for (let count = 0; count < 9; count += 1) tx.categories.insert(aCategory())
        })
        const create = () =>
          ports.unitOfWork.transact(scopeOf(harness), async (tx) => {
            const existing = await tx.categories.lockAll()
            if (existing.length < 10) tx.categories.insert(aCategory())
          })
        await Promise.all(Array.from({ length: 20 }, create))
        const stored = await ports.queries.categories.list(ownerId, { words: [] }, { after: null, limit: 50 })
        assert.equal(stored.length, 10)
      },
    },
    {
      name: 'stores an update',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = await storedCategory(harness)
        const renamed = { ...category, name: 'Journeys', version: 2, updatedAt: at('2026-11-22T10:30:00Z') }
        await change(harness, (tx) => tx.categories.update(renamed, 1))
        assert.deepEqual((await ports.queries.categories.find(ownerId, category.id))?.category, renamed)
      },
    },
    {
      name: 'deletes a category for good',
      async run(harness) {
        const category = await storedCategory(harness)
        await change(harness, (tx) => tx.categories.delete(category))
        assert.equal(await hasCategory(harness, category), false)
      },
    },
  ],
}
