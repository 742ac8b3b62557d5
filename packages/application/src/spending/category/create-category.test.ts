import { describe, expect, test } from 'vitest'
import { openBooks, startedBooks, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'

describe('creating a category', () => {
  test('answers with the whole record, as reading it does', async () => {
    const { books, scope } = openBooks()
    const category = await books.categories.create(scope, { name: '  Usafiri  ' })
    expect(category).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      version: 1,
      name: 'Usafiri',
      expenseCount: 0,
      total: tzs('0.00'),
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'amina',
      updatedAt: '2026-11-21T09:00:00.000Z',
    })
    expect(await books.categories.get(scope, { categoryId: category.id })).toEqual(category)
  })

  test.each([
    ['no name', {}],
    ['null', { name: null }],
    ['a number', { name: 5 }],
    ['nothing', { name: '' }],
    ['white space', { name: ' \t ' }],
    ['101 letters', { name: 'x'.repeat(101) }],
    ['F70 NUL', { name: 'a\u0000' }],
    ['F70 half of a surrogate pair', { name: 'a\udc00' }],
    ['F69 letters of two scripts', { name: 'Тravel' }],
    ['F69 an override of the direction', { name: 'a\u202eb' }],
  ])('refuses %s for a name', async (_, input) => {
    const { books, scope } = openBooks()
    expect(await faultsOf(books.categories.create(scope, input as never))).toEqual(['/name name_invalid'])
  })

  test.each(['x'.repeat(100), '🚌'.repeat(100)])('takes 100 code points: %s', async (name) => {
    const { books, scope } = openBooks()
    expect((await books.categories.create(scope, { name })).name).toBe(name)
  })

  test('tells unknown fields beside other faults', async () => {
    const { books, scope } = openBooks()
    const input = { name: '', id: 'x', total: 'y' }
    expect(await faultsOf(books.categories.create(scope, input as never))).toEqual([
      '/name name_invalid',
      '/id unknown_field',
      '/total unknown_field',
    ])
  })

  test('F68 names the twin there is, and only in the books of the same owner', async () => {
    const { books, scope, stranger } = await startedBooks()
    expect(await refusalOf(books.categories.create(scope, { name: 'ｕｓａｆｉｒｉ' }))).toEqual({
      code: 'category_name_taken',
      details: { name: 'Usafiri' },
      message: 'Another category is already called "Usafiri".',
    })
    expect((await books.categories.create(stranger, { name: 'Usafiri' })).version).toBe(1)
  })

  test('a name is free again after its deletion or another name', async () => {
    const { books, scope, food, transport } = await startedBooks()
    await books.categories.delete(scope, { categoryId: food.id, version: 1 })
    await books.categories.update(scope, { categoryId: transport.id, version: 1 }, { name: 'Safari' })
    expect((await books.categories.create(scope, { name: 'chakula' })).name).toBe('chakula')
    expect((await books.categories.create(scope, { name: 'Usafiri' })).name).toBe('Usafiri')
  })

  test('F19 of fifty at once beside 99, one fits under the limit of 100', async () => {
    const { books, scope } = openBooks()
    const names = Array.from({ length: 149 }, (_, index) => ({ name: `Aina ${index}` }))
    await books.categories.createMany(scope, { items: names.slice(0, 99) })
    const answers = await Promise.allSettled(
      names.slice(99).map((input) => books.categories.create(scope, input)),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(new Set(refused.map(({ code, details }) => `${code} ${details.limit}`))).toEqual(
      new Set(['category_limit_reached 100']),
    )
    expect((await books.categories.list(scope, { limit: 100 })).nextCursor).toBeNull()
  })

  test('F68 of fifty of one name at once, one survives', async () => {
    const { books, scope } = openBooks()
    const names = ['Travel', 'travel', 'ＴＲＡＶＥＬ', 'Tra\u200bvel', ' travel ']
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        books.categories.create(scope, { name: names[index % 5] ?? '' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await books.categories.list(scope)).data).toHaveLength(1)
  })
})
