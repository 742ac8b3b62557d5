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
      name: 'keeps what a nested transaction staged, and gives back what it returned',
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
      name: 'undoes what a nested transaction staged when its work throws, and goes on',
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
      name: 'refuses at the end of a nested transaction, and goes on without it',
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
      name: 'refuses at the end what the outer work had staged wrongly, whatever a nested transaction says of it',
      async run(harness) {
        const attempt = change(harness, async (tx) => {
          tx.expenses.insert(anExpense())
          await tx.transact(async (nested) => nested.categories.insert(aCategory())).catch(() => null)
        })
        await refusal(attempt, 'category_not_found')
      },
    },
    {
      name: 'reads no more what a failed nested transaction had staged and read',
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
      name: 'undoes alone what failed in a transaction nested in a nested one',
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
      name: 'undoes a nested transaction that had ended well when the outer work throws',
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
