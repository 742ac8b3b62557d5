import assert from 'node:assert/strict'
import { money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { change, refusal, scopeOf } from '../kernel/steps.ts'
import { aCategory, anExpense } from '../spending/spending-builders.ts'
import { hasCategory, storedCategory } from '../spending/spending-steps.ts'

const everything = { categoryIds: [], from: null, to: null, minMinor: null, maxMinor: null, words: [] }

/** Everything or nothing, and where a refusal shows. */
export const unitOfWorkContract: Contract = {
  name: 'unit of work',
  cases: [
    {
      name: 'returns the same object that the work returned',
      async run(harness) {
        const result = { total: money.of(2n ** 60n, 'TZS') }
        const given = await harness.ports.unitOfWork.transact(scopeOf(harness), async () => result)
        assert.equal(given, result)
      },
    },
    {
      name: 'stores every write of a long transaction',
      async run(harness) {
        const { ports, ownerId } = harness
        const category = await storedCategory(harness)
        await change(harness, (tx) => {
          for (let count = 0; count < 250; count += 1) {
            tx.expenses.insert(anExpense({ categoryId: category.id }))
          }
        })
        const page = { after: null, limit: 1_000 }
        const stored = await ports.queries.expenses.list(ownerId, everything, 'expenseDate', page)
        assert.equal(stored.length, 250)
      },
    },
    {
      name: 'stores nothing when the work throws, neither writes sent before a read nor after it (F01)',
      async run(harness) {
        const [early, late] = [aCategory(), aCategory()]
        const attempt = change(harness, async (tx) => {
          tx.categories.insert(early)
          await tx.categories.findMany([early.id])
          tx.categories.insert(late)
          throw new Error('the work fails')
        })
        await assert.rejects(attempt)
        assert.equal(await hasCategory(harness, early), false)
        assert.equal(await hasCategory(harness, late), false)
      },
    },
    {
      name: 'rejects with the same error that the work threw (F10)',
      async run(harness) {
        const failure = new Error('the work fails')
        const attempt = change(harness, () => {
          throw failure
        })
        await assert.rejects(attempt, (reason) => reason === failure)
      },
    },
    {
      name: 'stores writes in the order staged, so that a name freed by a renaming can be taken after it',
      async run(harness) {
        const first = await storedCategory(harness, { name: 'Travel' })
        const second = aCategory({ name: 'Travel' })
        await change(harness, (tx) => {
          tx.categories.update({ ...first, name: 'Journeys', version: 2 }, 1)
          tx.categories.insert(second)
        })
        assert.equal(await hasCategory(harness, second), true)
      },
    },
    {
      name: 'refuses at the end of the work, never at the staging call',
      async run(harness) {
        let isStaged = false
        const attempt = change(harness, (tx) => {
          tx.categories.insert(aCategory({ name: 'Travel' }))
          tx.categories.insert(aCategory({ name: 'Travel' }))
          isStaged = true
        })
        await refusal(attempt, 'category_name_taken')
        assert.equal(isStaged, true)
      },
    },
    {
      name: 'refuses a wrong write at the next read',
      async run(harness) {
        let refused: unknown = null
        const attempt = change(harness, async (tx) => {
          tx.expenses.insert(anExpense())
          refused = await refusal(tx.settings.get(), 'category_not_found')
          throw new Error('the work gives up')
        })
        await assert.rejects(attempt)
        assert.notEqual(refused, null)
      },
    },
    {
      name: 'rejects at the end when a write was refused at a read and the work continued, and stores nothing',
      async run(harness) {
        const category = aCategory()
        const attempt = change(harness, async (tx) => {
          tx.categories.insert(category)
          tx.expenses.insert(anExpense())
          await tx.categories.findMany([category.id]).catch(() => [])
          tx.categories.insert(aCategory())
        })
        await refusal(attempt, 'category_not_found')
        assert.equal(await hasCategory(harness, category), false)
      },
    },
    {
      name: 'shows staged writes to no other caller before the work ends',
      async run(harness) {
        const category = aCategory()
        await change(harness, async (tx) => {
          tx.categories.insert(category)
          await tx.categories.findMany([category.id])
          assert.equal(await hasCategory(harness, category), false)
        })
      },
    },
  ],
}
