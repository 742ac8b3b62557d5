import { describe, expect, test } from 'vitest'
import { everyPage } from '../../../test/support/every-page.ts'
import { openBooks, startedBooks, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'

async function named(...names: string[]) {
  const opened = openBooks()
  await opened.books.categories.createMany(opened.scope, { items: names.map((name) => ({ name })) })
  return opened
}

describe('listing categories', () => {
  test('goes by the folded name, with what each comes to', async () => {
    const { books, scope, food, transport } = await startedBooks()
    expect(await books.categories.list(scope)).toEqual({
      data: [food, { ...transport, expenseCount: 1, total: tzs('12500.00') }],
      nextCursor: null,
    })
  })

  test('does not sort capitals before small letters', async () => {
    const { books, scope } = await named('b', 'C', 'a', 'ÉLAN', 'étape', 'Z')
    const { data } = await books.categories.list(scope)
    expect(data.map(({ name }) => name)).toEqual(['a', 'b', 'C', 'Z', 'ÉLAN', 'étape'])
  })

  test.each([
    ['chai', ['Chai ya asubuhi']],
    ['CHA', ['Chai ya asubuhi', 'Chakula']],
    ['asubuhi chai', ['Chai ya asubuhi']],
    ['hai', []],
    ['', ['Chai ya asubuhi', 'Chakula', 'Usafiri']],
  ])('finds by the beginnings of words: %j', async (q, names) => {
    const { books, scope } = await named('Chakula', 'Chai ya asubuhi', 'Usafiri')
    expect((await books.categories.list(scope, { q })).data.map(({ name }) => name)).toEqual(names)
  })

  test.each([1, 2, 3, 26, 100])('in pages of %d holds each once', async (limit) => {
    const names = Array.from({ length: 27 }, (_, index) => `Aina ${String(index).padStart(2, '0')}`)
    const { books, scope } = await named(...names.toReversed())
    const paged = await everyPage((page) => books.categories.list(scope, page), limit)
    expect(paged.map(({ name }) => name)).toEqual(names)
    expect((await books.categories.list(scope)).data).toHaveLength(25)
  })

  test('refuses the cursor of another search or of another owner', async () => {
    const { books, scope, stranger } = await named('a', 'b')
    const cursor = (await books.categories.list(scope, { limit: 1 })).nextCursor ?? ''
    expect((await books.categories.list(scope, { cursor })).data.map(({ name }) => name)).toEqual(['b'])
    for (const answer of [
      books.categories.list(scope, { q: 'a', cursor }),
      books.categories.list(stranger, { cursor }),
    ]) {
      expect((await refusalOf(answer)).code).toBe('invalid_cursor')
    }
  })

  test.each<[object, string]>([
    [{ q: 'a b c d e f' }, 'q: search for at most 5 words'],
    [{ q: '!?' }, 'q: search for words: letters or digits'],
    [{ limit: 0 }, 'limit: a whole number from 1 to 100'],
    [{ name: 'a' }, 'There is no parameter name; the nearest is q.'],
  ])('refuses %j', async (input, message) => {
    const { books, scope } = openBooks()
    expect(await refusalOf(books.categories.list(scope, input))).toMatchObject({
      code: 'invalid_query',
      message,
    })
  })

  test('F80 shows nothing of another owner', async () => {
    const { books, stranger } = await named('a')
    expect(await books.categories.list(stranger)).toEqual({ data: [], nextCursor: null })
  })
})
