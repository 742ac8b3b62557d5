import { describe, expect, test } from 'vitest'
import { NOWHERE, type StartedBooks, startedBooks, TODAY, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'

describe('deleting a category', () => {
  test('that nothing uses takes it away; its history stays', async () => {
    const { books, scope, food } = await startedBooks()
    expect(await books.categories.delete(scope, { categoryId: food.id, version: 1 })).toEqual({
      movedExpenses: 0,
    })
    expect((await refusalOf(books.categories.get(scope, { categoryId: food.id }))).code).toBe('not_found')
    const { data } = await books.history.list(scope, { kind: 'category', id: food.id })
    expect(data.map(({ type, version }) => [type, version])).toEqual([
      ['category.deleted', 2],
      ['category.created', 1],
    ])
  })

  test('that is in use refuses and says by how many expenses', async () => {
    const { books, scope, transport } = await startedBooks()
    const item = { amount: tzs('1'), categoryId: transport.id, expenseDate: TODAY }
    await books.expenses.create(scope, item)
    expect(
      await refusalOf(books.categories.delete(scope, { categoryId: transport.id, version: '*' })),
    ).toEqual({
      code: 'category_in_use',
      details: { expenseCount: 2 },
      message: 'The category is used by 2 expenses.',
    })
  })

  test('F17 twice finds nothing the second time and leaves one event', async () => {
    const { books, scope, food } = await startedBooks()
    const target = { categoryId: food.id, version: '*' } as const
    await books.categories.delete(scope, target)
    expect((await refusalOf(books.categories.delete(scope, target))).code).toBe('not_found')
    expect((await books.history.list(scope, { kind: 'category', id: food.id })).data).toHaveLength(2)
  })
})

describe('merging a category into another', () => {
  async function threeFares(started: StartedBooks) {
    const { books, scope, transport, fare } = started
    const item = { amount: tzs('100'), categoryId: transport.id, expenseDate: TODAY }
    const one = await books.expenses.create(scope, item)
    const changed = await books.expenses.update(
      scope,
      { expenseId: one.id, version: 1 },
      { description: 'Basi' },
    )
    const other = await books.expenses.create(scope, item)
    return [fare, changed, other]
  }

  test('moves each expense by one version and one event, then deletes', async () => {
    const started = await startedBooks()
    const { books, scope, transport, food, clock } = started
    const fares = await threeFares(started)
    clock.advance(1_000)
    const target = { categoryId: transport.id, version: 1 }
    const query = { mergeInto: food.id }
    expect(await books.categories.delete(scope, target, query)).toEqual({ movedExpenses: 3 })
    for (const before of fares) {
      const after = await books.expenses.get(scope, { expenseId: before.id })
      const version = before.version + 1
      expect(after).toEqual({
        ...before,
        categoryId: food.id,
        version,
        updatedAt: '2026-11-21T09:00:01.000Z',
      })
      const { data } = await books.history.list(scope, { kind: 'expense', id: before.id })
      expect(data).toHaveLength(version)
      expect(data[0]).toEqual({
        type: 'expense.updated',
        version,
        at: '2026-11-21T09:00:01.000Z',
        by: 'amina',
        changes: { categoryId: { before: transport.id, after: food.id } },
      })
    }
    expect((await books.categories.list(scope)).data).toEqual([
      { ...food, expenseCount: 3, total: tzs('12700.00') },
    ])
    const history = await books.history.list(scope, { kind: 'category', id: transport.id })
    expect(history.data.map(({ type }) => type)).toEqual(['category.deleted', 'category.created'])
  })

  test('does not judge the expenses by the policy of today', async () => {
    const { books, scope, transport, food } = await startedBooks()
    await books.settings.update(scope, { version: 0 }, { expensePolicy: { max: '1' } })
    const target = { categoryId: transport.id, version: 1 }
    const query = { mergeInto: food.id }
    expect(await books.categories.delete(scope, target, query)).toEqual({ movedExpenses: 1 })
  })

  test('of an unused one only deletes', async () => {
    const { books, scope, transport, food } = await startedBooks()
    const target = { categoryId: food.id, version: 1 }
    const query = { mergeInto: transport.id }
    expect(await books.categories.delete(scope, target, query)).toEqual({ movedExpenses: 0 })
    expect((await books.categories.get(scope, { categoryId: transport.id })).expenseCount).toBe(1)
  })

  test.each(['itself', 'a foreign one', 'an absent one', 'no id', 'nothing'])(
    'into %s is refused',
    async (which) => {
      const started = await startedBooks()
      const { books, scope, stranger, transport } = started
      const foreign = await books.categories.create(stranger, { name: 'Yangu' })
      const before = await wholeState(started)
      const targets: Record<string, string> = {
        itself: transport.id,
        'a foreign one': foreign.id,
        'an absent one': NOWHERE,
        'no id': 'Chakula',
        nothing: '',
      }
      const mergeInto = targets[which] ?? ''
      const answer = books.categories.delete(scope, { categoryId: transport.id, version: 1 }, { mergeInto })
      expect(await refusalOf(answer)).toMatchObject({
        code: 'category_not_found',
        details: { categoryId: mergeInto, pointer: '/mergeInto' },
      })
      expect(await wholeState(started)).toEqual(before)
    },
  )

  test('moves 10,000 expenses and no more', async () => {
    const started = await startedBooks()
    const { books, scope, transport, food, fare } = started
    const item = { amount: tzs('1'), categoryId: transport.id, expenseDate: TODAY }
    const items = Array.from({ length: 1_000 }, () => item)
    for (let batch = 0; batch < 10; batch += 1) await books.expenses.createMany(scope, { items })
    const merge = () =>
      books.categories.delete(scope, { categoryId: transport.id, version: 1 }, { mergeInto: food.id })
    expect(await refusalOf(merge())).toEqual({
      code: 'merge_too_large',
      details: { expenseCount: 10_001, limit: 10_000 },
      message: 'The category has 10001 expenses, but a merge moves at most 10000. Move some of them first.',
    })
    await books.expenses.delete(scope, { expenseId: fare.id, version: 1 })
    expect(await merge()).toEqual({ movedExpenses: 10_000 })
    expect(await books.categories.get(scope, { categoryId: food.id })).toMatchObject({
      expenseCount: 10_000,
      total: tzs('10000.00'),
    })
  })

  test('names the parameter that was perhaps meant', async () => {
    const { books, scope, food } = await startedBooks()
    const answer = books.categories.delete(scope, { categoryId: food.id, version: 1 }, {
      mergeTo: food.id,
    } as never)
    expect((await refusalOf(answer)).message).toBe('There is no parameter mergeTo; the nearest is mergeInto.')
  })
})
