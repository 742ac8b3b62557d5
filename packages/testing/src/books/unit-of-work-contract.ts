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
      name: 'gives back the very thing that the work returned',
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
      name: 'stores nothing when the work throws, neither what was sent before nor after a read (F01)',
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
      name: 'passes on the very error that the work threw (F10)',
      async run(harness) {
        const failure = new Error('the work fails')
        const attempt = change(harness, () => {
          throw failure
        })
        await assert.rejects(attempt, (reason) => reason === failure)
      },
    },
    {
      name: 'stores in the order staged: a name that a renaming sets free can be taken after it',
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
      name: 'refuses when the work ends, never at the staging call',
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
      name: 'refuses at the next read what was staged before it',
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
      name: 'refuses at the end what was refused at a read, also when the work goes on, and stores nothing',
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
      name: 'shows nobody what is staged before the work ends',
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
