import { describe, expect, test } from 'vitest'
import { everyPage } from '../../test/support/every-page.ts'
import { NOWHERE, startedBooks, TODAY, tzs } from '../../test/support/open-books.ts'
import { refusalOf } from '../../test/support/refusal-of.ts'

describe('the history of an expense', () => {
  test('tells newest first who changed what, and when, also after its deletion', async () => {
    const { books, scope, clock, food, transport, fare } = await startedBooks()
    clock.advance(1_000)
    const juma = { ...scope, actorId: 'juma' }
    await books.expenses.update(
      juma,
      { expenseId: fare.id, version: 1 },
      { amount: tzs('13000'), categoryId: food.id, description: null },
    )
    clock.advance(1_000)
    await books.expenses.delete(scope, { expenseId: fare.id, version: 2 })
    const history = await books.history.list(scope, { kind: 'expense', id: fare.id })
    expect(history).toEqual({
      nextCursor: null,
      data: [
        {
          type: 'expense.deleted',
          version: 3,
          at: '2026-11-21T09:00:02.000Z',
          by: 'amina',
          changes: {
            amount: { before: tzs('13000.00'), after: null },
            categoryId: { before: food.id, after: null },
            expenseDate: { before: TODAY, after: null },
            attachmentIds: { before: [], after: null },
          },
        },
        {
          type: 'expense.updated',
          version: 2,
          at: '2026-11-21T09:00:01.000Z',
          by: 'juma',
          changes: {
            amount: { before: tzs('12500.00'), after: tzs('13000.00') },
            categoryId: { before: transport.id, after: food.id },
            description: { before: 'Dala dala', after: null },
          },
        },
        {
          type: 'expense.created',
          version: 1,
          at: '2026-11-21T09:00:00.000Z',
          by: 'amina',
          changes: {
            amount: { before: null, after: tzs('12500.00') },
            categoryId: { before: null, after: transport.id },
            expenseDate: { before: null, after: TODAY },
            attachmentIds: { before: null, after: [] },
            description: { before: null, after: 'Dala dala' },
          },
        },
      ],
    })
  })

  test.each([1, 2, 3, 4])('in pages of %d holds each version once', async (limit) => {
    const { books, scope, fare } = await startedBooks()
    for (let version = 1; version < 4; version += 1) {
      await books.expenses.update(scope, { expenseId: fare.id, version }, { amount: tzs(`${version}`) })
    }
    const entries = await everyPage(
      (page) => books.history.list(scope, { kind: 'expense', id: fare.id, ...page }),
      limit,
    )
    expect(entries.map(({ version }) => version)).toEqual([4, 3, 2, 1])
  })

  test('goes on where it was when something happens in between', async () => {
    const { books, scope, fare } = await startedBooks()
    const target = { kind: 'expense', id: fare.id, limit: 1 } as const
    await books.expenses.update(scope, { expenseId: fare.id, version: 1 }, { amount: tzs('1') })
    const cursor = (await books.history.list(scope, target)).nextCursor ?? ''
    await books.expenses.update(scope, { expenseId: fare.id, version: 2 }, { amount: tzs('2') })
    const next = await books.history.list(scope, { ...target, cursor })
    expect(next.data.map(({ version }) => version)).toEqual([1])
    expect(next.nextCursor).toBeNull()
  })

  test('refuses the cursor of another record, of another owner, and one that was altered', async () => {
    const { books, scope, stranger, fare, food } = await startedBooks()
    await books.expenses.update(scope, { expenseId: fare.id, version: 1 }, { amount: tzs('1') })
    const cursor =
      (await books.history.list(scope, { kind: 'expense', id: fare.id, limit: 1 })).nextCursor ?? ''
    const others = [
      books.history.list(scope, { kind: 'category', id: food.id, cursor }),
      books.history.list(scope, { kind: 'category', id: fare.id, cursor }),
      books.history.list(stranger, { kind: 'expense', id: fare.id, cursor }),
      books.history.list(scope, { kind: 'expense', id: fare.id, cursor: `${cursor}A` }),
    ]
    for (const answer of others) expect((await refusalOf(answer)).code).toBe('invalid_cursor')
  })

  test('F80 is found by its owner only, and only as what it is', async () => {
    const { books, scope, stranger, fare } = await startedBooks()
    const foreign = await refusalOf(books.history.list(stranger, { kind: 'expense', id: fare.id }))
    expect(foreign).toMatchObject({ code: 'not_found', details: { kind: 'expense', id: fare.id } })
    const another = await refusalOf(books.history.list(scope, { kind: 'category', id: fare.id }))
    expect(another).toMatchObject({ code: 'not_found', details: { kind: 'category', id: fare.id } })
    const absent = await refusalOf(books.history.list(scope, { kind: 'expense', id: NOWHERE }))
    expect(absent.code).toBe('not_found')
  })

  test('names the parameter that was perhaps meant', async () => {
    const { books, scope, fare } = await startedBooks()
    const answer = books.history.list(scope, { kind: 'expense', id: fare.id, cursr: 'x' } as never)
    expect((await refusalOf(answer)).message).toBe('There is no parameter cursr; the nearest is cursor.')
  })
})

test('the history of a category tells its names', async () => {
  const { books, scope, food } = await startedBooks()
  await books.categories.update(scope, { categoryId: food.id, version: 1 }, { name: 'Vyakula' })
  const { data } = await books.history.list(scope, { kind: 'category', id: food.id })
  expect(data.map(({ type, changes }) => [type, changes])).toEqual([
    ['category.updated', { name: { before: 'Chakula', after: 'Vyakula' } }],
    ['category.created', { name: { before: null, after: 'Chakula' } }],
  ])
})
