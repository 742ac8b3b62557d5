import assert from 'node:assert/strict'
import { DomainError } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { change, refusal } from '../kernel/steps.ts'
import { aCategory, anExpense } from '../spending/spending-builders.ts'
import { hasCategory, storedCategory } from '../spending/spending-steps.ts'

/** Savepoints. */
export const nestedTransactionContract: Contract = {
  name: 'nested transaction',
  cases: [
    {
      name: 'keeps the writes of a nested transaction, and returns its result',
      async run(harness) {
        const category = aCategory()
        let result = ''
        await change(harness, async (tx) => {
          result = await tx.transact(async (nested) => {
            nested.categories.insert(category)
            return 'inserted'
          })
        })
        assert.equal(result, 'inserted')
        assert.equal(await hasCategory(harness, category), true)
      },
    },
    {
      name: 'undoes the writes of a nested transaction when its work throws, and continues',
      async run(harness) {
        const [before, within, after] = [aCategory(), aCategory(), aCategory()]
        const failure = new Error('the nested work fails')
        await change(harness, async (tx) => {
          tx.categories.insert(before)
          const nested = tx.transact(async (inner) => {
            inner.categories.insert(within)
            throw failure
          })
          await assert.rejects(nested, (reason) => reason === failure)
          tx.categories.insert(after)
        })
        assert.equal(await hasCategory(harness, before), true)
        assert.equal(await hasCategory(harness, within), false)
        assert.equal(await hasCategory(harness, after), true)
      },
    },
    {
      name: 'refuses at the end of a nested transaction, and continues without its writes',
      async run(harness) {
        const [before, after] = [aCategory(), aCategory()]
        await change(harness, async (tx) => {
          tx.categories.insert(before)
          const nested = tx.transact(async (inner) => inner.expenses.insert(anExpense()))
          await refusal(nested, 'category_not_found')
          tx.categories.insert(after)
        })
        assert.equal(await hasCategory(harness, before), true)
        assert.equal(await hasCategory(harness, after), true)
      },
    },
    {
      name: 'refuses at the end a wrong write from before a nested transaction, even when the nested transaction failed because of it',
      async run(harness) {
        const attempt = change(harness, async (tx) => {
          tx.expenses.insert(anExpense())
          await tx.transact(async (nested) => nested.categories.insert(aCategory())).catch(() => null)
        })
        await refusal(attempt, 'category_not_found')
      },
    },
    {
      name: 'does not read the undone writes of a failed nested transaction',
      async run(harness) {
        const { id } = await storedCategory(harness)
        await change(harness, async (tx) => {
          const nested = tx.transact(async (inner) => {
            inner.expenses.insert(anExpense({ categoryId: id }))
            assert.equal((await inner.expenses.usageOf(id)).expenseCount, 1)
            throw new DomainError('unavailable', {})
          })
          await refusal(nested, 'unavailable')
          assert.equal((await tx.expenses.usageOf(id)).expenseCount, 0)
        })
      },
    },
    {
      name: 'undoes only the innermost transaction when only that one fails',
      async run(harness) {
        const [middle, innermost] = [aCategory(), aCategory()]
        await change(harness, (tx) =>
          tx.transact(async (nested) => {
            nested.categories.insert(middle)
            const failing = nested.transact(async (inner) => {
              inner.categories.insert(innermost)
              throw new DomainError('unavailable', {})
            })
            await refusal(failing, 'unavailable')
          }),
        )
        assert.equal(await hasCategory(harness, middle), true)
        assert.equal(await hasCategory(harness, innermost), false)
      },
    },
    {
      name: 'undoes a completed nested transaction when the outer work throws',
      async run(harness) {
        const category = aCategory()
        const attempt = change(harness, async (tx) => {
          await tx.transact(async (nested) => nested.categories.insert(category))
          throw new DomainError('unavailable', {})
        })
        await refusal(attempt, 'unavailable')
        assert.equal(await hasCategory(harness, category), false)
      },
    },
  ],
}
