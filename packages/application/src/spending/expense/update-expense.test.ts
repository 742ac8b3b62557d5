import { describe, expect, test } from 'vitest'
import { changeOf } from '../../../test/support/change-of.ts'
import { type StartedBooks, startedBooks, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'

function change({ books, scope, fare }: StartedBooks, fields: object) {
  return books.expenses.update(scope, ...changeOf({ expenseId: fare.id, version: fare.version }, {}, fields))
}

describe('changing an expense', () => {
  test('keeps what is not given', async () => {
    const started = await startedBooks()
    started.clock.advance(1_000)
    const changed = await change(started, { amount: tzs('13000') })
    expect(changed).toEqual({
      ...started.fare,
      version: 2,
      amount: tzs('13000.00'),
      updatedAt: '2026-11-21T09:00:01.000Z',
    })
    expect(await started.books.expenses.get(started.scope, { expenseId: changed.id })).toEqual(changed)
  })

  test('takes an undefined field for one that is not given', async () => {
    const started = await startedBooks()
    const nothing = {
      amount: undefined,
      categoryId: undefined,
      expenseDate: undefined,
      description: undefined,
    }
    expect(await change(started, nothing)).toEqual(started.fare)
  })

  test('clears the description by null', async () => {
    const started = await startedBooks()
    expect((await change(started, { description: null })).description).toBeNull()
  })

  test.each(['amount', 'categoryId', 'expenseDate'])('cannot clear its %s', async (field) => {
    const faults = await faultsOf(change(await startedBooks(), { [field]: null }))
    expect(faults).toEqual([expect.stringMatching(`^/${field} `)])
  })

  test('moves it to another category, and both tell', async () => {
    const started = await startedBooks()
    const { books, scope, food, transport } = started
    await change(started, { categoryId: food.id })
    const counts = [transport, food].map(async ({ id }) => {
      const { expenseCount, total } = await books.categories.get(scope, { categoryId: id })
      return [expenseCount, total.amount]
    })
    expect(await Promise.all(counts)).toEqual([
      [0, '0.00'],
      [1, '12500.00'],
    ])
  })

  test.each([{}, { amount: tzs('12500') }, { description: 'Dala dala', expenseDate: '2026-11-21' }])(
    'to what it says already answers with the same version and leaves no trace: %j',
    async (fields) => {
      const started = await startedBooks()
      const before = await wholeState(started)
      started.clock.advance(60_000)
      expect(await change(started, fields)).toEqual(started.fare)
      expect(await wholeState(started)).toEqual(before)
    },
  )

  test('goes by whichever version there is when asked to', async () => {
    const started = await startedBooks()
    await change(started, { amount: tzs('1') })
    expect((await change(started, { version: '*', amount: tzs('2') })).version).toBe(3)
  })

  test('judges only what is given, by the policy of today', async () => {
    const started = await startedBooks()
    await started.books.settings.update(started.scope, { version: 0 }, { expensePolicy: { max: '100' } })
    expect((await change(started, { description: 'Basi' })).amount).toEqual(tzs('12500.00'))
    expect(await faultsOf(change(started, { version: 2, amount: tzs('101') }))).toEqual([
      '/amount/amount amount_out_of_policy',
    ])
  })

  test('tells all faults at once, and refuses fields there are not', async () => {
    const faults = await faultsOf(
      change(await startedBooks(), { amount: tzs('x'), expenseDate: 'x', ownerId: 'x', id: 'x' }),
    )
    expect(faults).toEqual([
      '/amount/amount amount_invalid',
      '/expenseDate date_invalid',
      '/ownerId unknown_field',
      '/id unknown_field',
    ])
  })

  test("F81 cannot move it into another owner's category", async () => {
    const started = await startedBooks()
    const foreign = await started.books.categories.create(started.stranger, { name: 'Yangu' })
    expect((await refusalOf(change(started, { categoryId: foreign.id }))).code).toBe('category_not_found')
  })

  test("F79 cannot be done to another owner's", async () => {
    const started = await startedBooks()
    const before = await wholeState(started)
    const answer = started.books.expenses.update(
      started.stranger,
      { expenseId: started.fare.id, version: '*' },
      {},
    )
    expect((await refusalOf(answer)).code).toBe('not_found')
    expect(await wholeState(started)).toEqual(before)
  })
})

describe('F16 two changes of the same version', () => {
  test('one after the other: the second is refused and changes nothing', async () => {
    const started = await startedBooks()
    await change(started, { amount: tzs('1') })
    const before = await wholeState(started)
    expect(await refusalOf(change(started, { amount: tzs('2') }))).toMatchObject({
      code: 'concurrent_change',
      details: { kind: 'expense', id: started.fare.id },
    })
    expect(await wholeState(started)).toEqual(before)
  })
})
