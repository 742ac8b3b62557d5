import { describe, expect, test } from 'vitest'
import { changeOf } from '../test/support/change-of.ts'
import { NOWHERE, startedBooks, TODAY, tzs } from '../test/support/open-books.ts'
import { refusalOf } from '../test/support/refusal-of.ts'

// Each step puts one fault right and leaves those after it.
describe('several faults are told in this order:', () => {
  test('renaming a category', async () => {
    const { books, scope, food } = await startedBooks()
    const rename = async (input: object) =>
      (
        await refusalOf(
          books.categories.update(scope, ...changeOf({ categoryId: NOWHERE }, { name: '' }, input)),
        )
      ).code
    expect(await rename({})).toBe('not_found')
    expect(await rename({ categoryId: food.id })).toBe('precondition_required')
    expect(await rename({ categoryId: food.id, version: 9 })).toBe('concurrent_change')
    expect(await rename({ categoryId: food.id, version: 1 })).toBe('validation_failed')
    expect(await rename({ categoryId: food.id, version: 1, name: 'usafiri' })).toBe('category_name_taken')
  })

  test('deleting a category', async () => {
    const { books, scope, transport } = await startedBooks()
    const remove = async (input: object) =>
      (await refusalOf(books.categories.delete(scope, ...changeOf({ categoryId: NOWHERE }, {}, input)))).code
    const mergeInto = NOWHERE
    expect(await remove({ mergeinto: mergeInto })).toBe('invalid_query')
    expect(await remove({ mergeInto })).toBe('not_found')
    expect(await remove({ categoryId: transport.id, mergeInto })).toBe('precondition_required')
    expect(await remove({ categoryId: transport.id, mergeInto, version: 9 })).toBe('concurrent_change')
    expect(await remove({ categoryId: transport.id, mergeInto, version: 1 })).toBe('category_not_found')
    expect(await remove({ categoryId: transport.id, version: 1 })).toBe('category_in_use')
  })

  test('changing an expense', async () => {
    const { books, scope, fare } = await startedBooks()
    const faulty = { amount: tzs('0'), categoryId: NOWHERE }
    const change = async (input: object) =>
      (await refusalOf(books.expenses.update(scope, ...changeOf({ expenseId: NOWHERE }, faulty, input)))).code
    expect(await change({})).toBe('not_found')
    expect(await change({ expenseId: fare.id })).toBe('precondition_required')
    expect(await change({ expenseId: fare.id, version: 2 })).toBe('concurrent_change')
    expect(await change({ expenseId: fare.id, version: 1 })).toBe('validation_failed')
    expect(await change({ expenseId: fare.id, version: 1, amount: tzs('1') })).toBe('category_not_found')
  })

  test('deleting an expense', async () => {
    const { books, scope, fare } = await startedBooks()
    const remove = async (input: object) =>
      (await refusalOf(books.expenses.delete(scope, { expenseId: NOWHERE, ...input }))).code
    expect(await remove({})).toBe('not_found')
    expect(await remove({ expenseId: fare.id })).toBe('precondition_required')
    expect(await remove({ expenseId: fare.id, version: 2 })).toBe('concurrent_change')
  })

  test('changing the settings', async () => {
    const { books, scope } = await startedBooks()
    const change = async (input: object) =>
      (
        await refusalOf(
          books.settings.update(scope, ...changeOf({}, { baseCurrency: 'EUR', maxCategories: 0 }, input)),
        )
      ).code
    expect(await change({})).toBe('precondition_required')
    expect(await change({ version: 1 })).toBe('concurrent_change')
    expect(await change({ version: 0 })).toBe('validation_failed')
    expect(await change({ version: 0, maxCategories: 9 })).toBe('base_currency_frozen')
  })

  test('reading a history', async () => {
    const { books, scope, fare } = await startedBooks()
    const read = async (input: object) =>
      (await refusalOf(books.history.list(scope, { kind: 'expense', id: NOWHERE, ...input }))).code
    expect(await read({ limit: 0 })).toBe('invalid_query')
    expect(await read({})).toBe('not_found')
    expect(await read({ id: fare.id, cursor: 'x' })).toBe('invalid_cursor')
  })

  test('creating an expense with a faulty text and an unknown category', async () => {
    const { books, scope } = await startedBooks()
    const expense = { amount: tzs('0'), categoryId: NOWHERE, expenseDate: TODAY }
    expect((await refusalOf(books.expenses.create(scope, expense))).code).toBe('validation_failed')
  })
})

test.each([
  ['not_found', NOWHERE],
  ['not_found', 'no uuid'],
  ['not_found', ''],
])('F79 refuses with %s for %j just as for what another owner has', async (code, expenseId) => {
  const { books, scope, stranger, fare } = await startedBooks()
  const absent = await refusalOf(books.expenses.get(scope, { expenseId }))
  expect(absent).toEqual({
    code,
    details: { kind: 'expense', id: expenseId },
    message: `There is no expense ${expenseId}.`,
  })
  const foreign = await refusalOf(books.expenses.get(stranger, { expenseId: fare.id }))
  expect(foreign).toEqual({
    code,
    details: { kind: 'expense', id: fare.id },
    message: `There is no expense ${fare.id}.`,
  })
})
