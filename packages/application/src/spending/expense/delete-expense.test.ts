import { expect, test } from 'vitest'
import { startedBooks, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'

test('a deleted expense is gone from the lists and the sums, and its history stays', async () => {
  const { books, scope, transport, fare } = await startedBooks()
  expect(await books.expenses.delete(scope, { expenseId: fare.id, version: 1 })).toEqual({})
  expect((await refusalOf(books.expenses.get(scope, { expenseId: fare.id }))).code).toBe('not_found')
  expect(await books.expenses.list(scope)).toEqual({ data: [], nextCursor: null })
  expect(await books.categories.get(scope, { categoryId: transport.id })).toMatchObject({
    expenseCount: 0,
    total: tzs('0.00'),
  })
  const { data } = await books.history.list(scope, { kind: 'expense', id: fare.id })
  expect(data.map(({ type, version }) => [type, version])).toEqual([
    ['expense.deleted', 2],
    ['expense.created', 1],
  ])
})

test('F17 a second deletion finds nothing and leaves no second event', async () => {
  const started = await startedBooks()
  const { books, scope, fare } = started
  const target = { expenseId: fare.id, version: '*' } as const
  await books.expenses.delete(scope, target)
  const before = await wholeState(started)
  expect((await refusalOf(books.expenses.delete(scope, target))).code).toBe('not_found')
  expect(await wholeState(started)).toEqual(before)
  expect((await books.history.list(scope, { kind: 'expense', id: fare.id })).data).toHaveLength(2)
})

test("F79 another owner's expense cannot be deleted", async () => {
  const started = await startedBooks()
  const before = await wholeState(started)
  const answer = started.books.expenses.delete(started.stranger, { expenseId: started.fare.id, version: 1 })
  expect((await refusalOf(answer)).code).toBe('not_found')
  expect(await wholeState(started)).toEqual(before)
})
