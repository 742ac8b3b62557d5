import { describe, expect, test } from 'vitest'
import { NOWHERE, type StartedBooks, startedBooks, TODAY, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'
import type { BulkResult } from '../../kernel/bulk/bulk.ts'
import type { ExpenseView } from './expense-shapes.ts'

function fares({ transport }: StartedBooks, amounts: readonly string[]) {
  return amounts.map((amount) => ({ amount: tzs(amount), categoryId: transport.id, expenseDate: TODAY }))
}

async function partly(started: StartedBooks, items: readonly unknown[]) {
  const view = await started.books.expenses.createMany(started.scope, {
    items: items as never,
    mode: 'partial',
  })
  return (view as { results: readonly BulkResult<ExpenseView>[] }).results
}

describe('recording many expenses, all or none,', () => {
  test('answers with every record in the order given', async () => {
    const started = await startedBooks()
    const { books, scope } = started
    const view = await books.expenses.createMany(scope, { items: fares(started, ['1', '2', '3']) })
    const { data } = view as { data: readonly ExpenseView[] }
    expect(data.map(({ amount }) => amount.amount)).toEqual(['1.00', '2.00', '3.00'])
    for (const expense of data) {
      expect(await books.expenses.get(scope, { expenseId: expense.id })).toEqual(expense)
      const history = await books.history.list(scope, { kind: 'expense', id: expense.id })
      expect(history.data.map(({ type }) => type)).toEqual(['expense.created'])
    }
  })

  test('tells the faults of all items with pointers, and stores nothing', async () => {
    const started = await startedBooks()
    const before = await wholeState(started)
    const items: unknown[] = fares(started, ['1', '2', '3', '1e3', '0'])
    items[1] = { ...(items[1] as object), expenseDate: '2026-11-22', amount: tzs('0') }
    items.push({ color: 'red' }, 'text')
    const answer = started.books.expenses.createMany(started.scope, { items: items as never })
    expect(await faultsOf(answer)).toEqual([
      '/items/1/amount/amount amount_out_of_policy',
      '/items/1/expenseDate date_in_future',
      '/items/3/amount/amount amount_invalid',
      '/items/4/amount/amount amount_out_of_policy',
      '/items/5/amount amount_invalid',
      '/items/5/categoryId text_invalid',
      '/items/5/expenseDate date_invalid',
      '/items/5/color unknown_field',
      '/items/6 text_invalid',
    ])
    expect(await wholeState(started)).toEqual(before)
  })

  test('names the item whose category there is not', async () => {
    const started = await startedBooks()
    const items = fares(started, ['1', '2', '3'])
    items[2] = { ...(items[2] as (typeof items)[0]), categoryId: NOWHERE }
    expect(await refusalOf(started.books.expenses.createMany(started.scope, { items }))).toEqual({
      code: 'category_not_found',
      details: { categoryId: NOWHERE, pointer: '/items/2/categoryId' },
      message: `Item 2: There is no category ${NOWHERE}.`,
    })
  })

  test('tells faults of the input rather than a category there is not', async () => {
    const started = await startedBooks()
    const items = fares(started, ['1', '0'])
    items[0] = { ...(items[0] as (typeof items)[0]), categoryId: NOWHERE }
    expect(await faultsOf(started.books.expenses.createMany(started.scope, { items }))).toEqual([
      '/items/1/amount/amount amount_out_of_policy',
    ])
  })

  test('takes 1,000 and refuses 1,001', async () => {
    const started = await startedBooks()
    const { books, scope, transport } = started
    const thousand = fares(started, Array<string>(1_000).fill('2.5'))
    const tooMany = books.expenses.createMany(scope, { items: [...thousand, ...fares(started, ['1'])] })
    expect(await faultsOf(tooMany)).toEqual(['/items text_invalid'])
    const { data } = (await books.expenses.createMany(scope, { items: thousand })) as { data: unknown[] }
    expect(data).toHaveLength(1_000)
    const { expenseCount, total } = await books.categories.get(scope, { categoryId: transport.id })
    expect([expenseCount, total.amount]).toEqual([1_001, '15000.00'])
  })

  test.each([{ items: [] }, {}, { items: null }, { items: {} }])(
    'refuses %j, for there is nothing to do',
    async (input) => {
      const { books, scope } = await startedBooks()
      expect(await faultsOf(books.expenses.createMany(scope, input as never))).toEqual([
        '/items text_invalid',
      ])
    },
  )

  test('refuses an unknown mode and an unknown field of the frame', async () => {
    const started = await startedBooks()
    const input = { items: fares(started, ['1']), mode: 'some', dryRun: true }
    expect(await faultsOf(started.books.expenses.createMany(started.scope, input as never))).toEqual([
      '/mode text_invalid',
      '/dryRun unknown_field',
    ])
  })
})

describe('recording many expenses, each alone,', () => {
  test('stores the good and tells the faults of the others, each under its index', async () => {
    const started = await startedBooks()
    const items: unknown[] = fares(started, ['1', '1e3', '3', '4'])
    items[2] = { ...(items[2] as object), categoryId: NOWHERE }
    const results = await partly(started, items)
    expect(results).toEqual([
      { index: 0, data: expect.objectContaining({ amount: tzs('1.00'), version: 1 }) },
      {
        index: 1,
        error: {
          code: 'validation_failed',
          detail: 'The input has 1 invalid field.',
          errors: [expect.objectContaining({ pointer: '/items/1/amount/amount', code: 'amount_invalid' })],
        },
      },
      {
        index: 2,
        error: { code: 'category_not_found', detail: `There is no category ${NOWHERE}.`, errors: [] },
      },
      { index: 3, data: expect.objectContaining({ amount: tzs('4.00'), version: 1 }) },
    ])
    const { data } = await started.books.expenses.list(started.scope, { sort: 'amount' })
    expect(data.map(({ amount }) => amount.amount)).toEqual(['1.00', '4.00', '12500.00'])
  })

  test('changes nothing where all are bad', async () => {
    const started = await startedBooks()
    const before = await wholeState(started)
    expect(await partly(started, [null, {}, 5])).toHaveLength(3)
    expect(await wholeState(started)).toEqual(before)
  })

  test('still refuses 1,001', async () => {
    const started = await startedBooks()
    const items = fares(started, Array<string>(1_001).fill('1'))
    expect(await faultsOf(partly(started, items))).toEqual(['/items text_invalid'])
  })
})
