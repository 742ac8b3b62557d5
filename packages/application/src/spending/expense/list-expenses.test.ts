import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyPage } from '../../../test/support/every-page.ts'
import { NOWHERE, type OpenBooks, openBooks, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import type { ExpenseView, ListExpensesInput } from './expense-shapes.ts'

interface Filled extends OpenBooks {
  readonly transport: string
  readonly food: string
}

type Row = readonly [
  expenseDate: string,
  amount: string,
  of: 'transport' | 'food',
  description: string | null,
]

const rows: readonly Row[] = [
  ['2026-11-01', '10', 'transport', 'Dala dala kwenda Kariakoo'],
  ['2026-11-02', '9.5', 'food', 'Chai na chapati'],
  ['2026-11-02', '100', 'food', 'CHAKULA cha mchana'],
  ['2026-11-03', '20', 'transport', null],
  ['2026-11-21', '20', 'transport', 'Dala-dala 5%_a'],
]

async function filled(): Promise<Filled> {
  const opened = openBooks()
  const { books, scope } = opened
  const transport = (await books.categories.create(scope, { name: 'Usafiri' })).id
  const food = (await books.categories.create(scope, { name: 'Chakula' })).id
  const categories = { transport, food }
  for (const [expenseDate, amount, of, description] of rows) {
    await books.expenses.create(scope, {
      amount: tzs(amount),
      categoryId: categories[of],
      expenseDate,
      description,
    })
  }
  return { ...opened, ...categories }
}

/** Which of the rows come, by their number, and in which order. */
async function found({ books, scope }: Filled, input: ListExpensesInput): Promise<number[]> {
  return numbers((await books.expenses.list(scope, input)).data)
}

function numbers(expenses: readonly ExpenseView[]): number[] {
  return expenses.map(({ expenseDate, amount, description }) =>
    rows.findIndex(
      ([date, figure, , text]) =>
        date === expenseDate && text === description && Number(amount.amount) === Number(figure),
    ),
  )
}

describe('listing expenses', () => {
  test.each<[ListExpensesInput, number[]]>([
    [{}, [4, 3, 2, 1, 0]],
    [{ sort: '-expenseDate' }, [4, 3, 2, 1, 0]],
    [{ sort: 'expenseDate' }, [0, 1, 2, 3, 4]],
    [{ sort: 'amount' }, [1, 0, 3, 4, 2]],
    [{ sort: '-amount' }, [2, 4, 3, 0, 1]],
  ])('sorted as %j', async (input, expected) => {
    expect(await found(await filled(), input)).toEqual(expected)
  })

  test.each<[string, ListExpensesInput, number[]]>([
    ['from a day on', { from: '2026-11-02' }, [1, 2, 3, 4]],
    ['up to a day', { to: '2026-11-02' }, [0, 1, 2]],
    ['of one day', { from: '2026-11-02', to: '2026-11-02' }, [1, 2]],
    ['of no day', { from: '2026-11-03', to: '2026-11-02' }, []],
    ['from an amount on', { amountMin: '20' }, [2, 3, 4]],
    ['up to an amount', { amountMax: '10.00' }, [0, 1]],
    ['of one amount', { amountMin: '9.50', amountMax: '9.5' }, [1]],
    ['just above an amount', { amountMin: '9.51', amountMax: '10' }, [0]],
    ['with a word', { q: 'dala' }, [0, 4]],
    ['with the beginning of a word in another case', { q: 'ＣＨＡ' }, [1, 2]],
    ['with all words, in any order', { q: 'kariakoo dala' }, [0]],
    ['with no such word', { q: 'ala' }, []],
    ['with five words', { q: 'dala dala kwenda kariakoo d kw' }, [0]],
    ['with what looks like a pattern', { q: '%_a' }, [4]],
    ['with a blank search', { q: '  ' }, [0, 1, 2, 3, 4]],
    ['of nothing that exists', { categoryId: NOWHERE }, []],
    ['under no category in particular', { categoryId: [] }, [0, 1, 2, 3, 4]],
  ])('%s', async (_, input, expected) => {
    expect(await found(await filled(), { sort: 'expenseDate', ...input })).toEqual(expected)
  })

  test('under one category or several', async () => {
    const books = await filled()
    const { transport, food } = books
    expect(await found(books, { categoryId: food, sort: 'expenseDate' })).toEqual([1, 2])
    expect(await found(books, { categoryId: [transport, food, food], sort: 'expenseDate' })).toEqual([
      0, 1, 2, 3, 4,
    ])
    expect(await found(books, { categoryId: [food], amountMax: '50', q: 'chai' })).toEqual([1])
  })

  test('F80 shows nothing of another owner', async () => {
    const { books, stranger, food } = await filled()
    expect(await books.expenses.list(stranger, { categoryId: food })).toEqual({ data: [], nextCursor: null })
  })
})

describe('pages of expenses', () => {
  test.each([1, 2, 4, 5, 6])('of %d hold every row once and in order', async (limit) => {
    const { books, scope } = await filled()
    for (const sort of ['expenseDate', '-expenseDate', 'amount', '-amount'] as const) {
      const all = (await books.expenses.list(scope, { sort })).data
      expect(await everyPage((page) => books.expenses.list(scope, { sort, ...page }), limit)).toEqual(all)
    }
  })

  test('hold 25 unless asked otherwise, 100 at most, and the last one has no cursor', async () => {
    const { books, scope, food } = await filled()
    const item = { amount: tzs('1'), categoryId: food, expenseDate: '2026-11-01' }
    await books.expenses.createMany(scope, { items: Array.from({ length: 95 }, () => item) })
    expect((await books.expenses.list(scope)).data).toHaveLength(25)
    const full = await books.expenses.list(scope, { limit: 100 })
    expect(full.data).toHaveLength(100)
    expect(full.nextCursor).toBeNull()
    expect((await books.expenses.list(scope, { limit: 99 })).nextCursor).not.toBeNull()
  })

  test('go on where they were when rows before them come and go', async () => {
    const { books, scope, food } = await filled()
    const first = await books.expenses.list(scope, { limit: 2 })
    const [newest] = first.data
    await books.expenses.delete(scope, { expenseId: newest?.id ?? '', version: 1 })
    await books.expenses.create(scope, { amount: tzs('7'), categoryId: food, expenseDate: '2026-11-20' })
    const next = await books.expenses.list(scope, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(numbers(next.data)).toEqual([2, 1])
  })

  test('hold every row once whatever the rows and the size', async () => {
    const day = fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-03')
    const amount = fc.constantFrom('1', '2', '10')
    const sorts = fc.constantFrom<'expenseDate' | '-amount'>('expenseDate', '-amount')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(day, amount), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        sorts,
        async (spent, limit, sort) => {
          const { books, scope } = openBooks()
          const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
          const items = spent.map(([expenseDate, figure]) => ({
            amount: tzs(figure),
            categoryId,
            expenseDate,
          }))
          await books.expenses.createMany(scope, { items })
          const paged = await everyPage((page) => books.expenses.list(scope, { sort, ...page }), limit)
          expect(paged).toEqual((await books.expenses.list(scope, { sort, limit: 100 })).data)
          expect(new Set(paged.map(({ id }) => id)).size).toBe(spent.length)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a cursor', () => {
  async function cursorOf(filledBooks: Filled, input: ListExpensesInput = {}): Promise<string> {
    const { nextCursor } = await filledBooks.books.expenses.list(filledBooks.scope, { limit: 1, ...input })
    if (nextCursor === null) throw new Error('there is only one page')
    return nextCursor
  }

  test.each<[string, ListExpensesInput]>([
    ['another sort', { sort: 'amount' }],
    ['another direction', { sort: 'expenseDate' }],
    ['a filter of days', { from: '2026-11-02' }],
    ['a filter of amounts', { amountMin: '1' }],
    ['a filter of words', { q: 'dala' }],
    ['a filter of categories', { categoryId: NOWHERE }],
  ])('does not open a list with %s', async (_, input) => {
    const books = await filled()
    const answer = books.books.expenses.list(books.scope, { ...input, cursor: await cursorOf(books) })
    expect(await refusalOf(answer)).toEqual({
      code: 'invalid_cursor',
      details: {},
      message:
        'The cursor was not issued for this list, its filters and its sort. Start again without a cursor.',
    })
  })

  test('opens the same list with another page size, and with the same filters in other words', async () => {
    const books = await filled()
    const { transport, food } = books
    const cursor = await cursorOf(books, { categoryId: [food, transport], q: 'DALA', amountMin: '1' })
    const same = { categoryId: [transport, food, food], q: ' dala ', amountMin: '1.00', limit: 100, cursor }
    expect(await found(books, same)).toEqual([0])
  })

  test("F80 does not open another owner's list, nor another list of the same owner", async () => {
    const books = await filled()
    const cursor = await cursorOf(books)
    const { stranger, scope } = books
    expect((await refusalOf(books.books.expenses.list(stranger, { cursor }))).code).toBe('invalid_cursor')
    expect((await refusalOf(books.books.categories.list(scope, { cursor }))).code).toBe('invalid_cursor')
  })

  test('F76 that was altered in any one place does not open', async () => {
    const books = await filled()
    const cursor = await cursorOf(books)
    const tampered = fc
      .integer({ min: 0, max: cursor.length - 1 })
      .chain((at) =>
        fc
          .constantFrom('A', 'b', '0', '_', '.', '')
          .map((put) => cursor.slice(0, at) + put + cursor.slice(at + 1)),
      )
    const foreign = fc.oneof(tampered, fc.string({ maxLength: 100 }), fc.base64String())
    await fc.assert(
      fc.asyncProperty(foreign, async (other) => {
        fc.pre(other !== cursor)
        const answer = books.books.expenses.list(books.scope, { cursor: other })
        expect((await refusalOf(answer)).code).toBe('invalid_cursor')
      }),
    )
  })
})

describe('F76 a query', () => {
  test.each<[object, string, string]>([
    [{ limit: 0 }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ limit: 101 }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ limit: -1 }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ limit: 1.5 }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ limit: '5' }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ categoryId: 'x' }, 'categoryId', 'categoryId: an id is a UUID in lower case'],
    [{ categoryId: [NOWHERE, 'x'] }, 'categoryId', 'categoryId: an id is a UUID in lower case'],
    [{ from: '2026-11-31' }, 'from', 'from: a date is YYYY-MM-DD, from 1970-01-01 to 2100-12-31'],
    [{ to: 'today' }, 'to', 'to: a date is YYYY-MM-DD, from 1970-01-01 to 2100-12-31'],
    [{ amountMin: '1e3' }, 'amountMin', 'amountMin: an amount such as 12500 or 12500.50'],
    [{ amountMax: '-1' }, 'amountMax', 'amountMax: an amount such as 12500 or 12500.50'],
    [{ q: 'a b c d e f' }, 'q', 'q: search for at most 5 words'],
    [{ q: '%_(+' }, 'q', 'q: search for words: letters or digits'],
  ])('%j is refused', async (input, parameter, detail) => {
    const { books, scope } = openBooks()
    expect(await refusalOf(books.expenses.list(scope, input))).toEqual({
      code: 'invalid_query',
      details: { parameter, detail },
      message: detail,
    })
  })

  test.each(['amount;drop', '__proto__', 'createdAt', ''])('sorted by %j is refused', async (sort) => {
    const { books, scope } = openBooks()
    expect(await refusalOf(books.expenses.list(scope, { sort } as never))).toMatchObject({
      code: 'invalid_query',
      details: { parameter: 'sort' },
    })
  })

  test.each([
    ['amountmin', 'amountMin'],
    ['categoryIds', 'categoryId'],
    ['form', 'from'],
    ['limt', 'limit'],
    ['query', 'q'],
  ])('with the unknown parameter %s names the nearest, %s', async (parameter, nearest) => {
    const { books, scope } = openBooks()
    const refusal = await refusalOf(books.expenses.list(scope, { [parameter]: 'x' }))
    expect(refusal.details).toMatchObject({ parameter, nearest })
    expect(refusal.message).toBe(`There is no parameter ${parameter}; the nearest is ${nearest}.`)
  })

  test('with a hostile search of 50,000 characters is refused', async () => {
    const { books, scope } = openBooks()
    await refusalOf(books.expenses.list(scope, { q: ['(a+)+$ '.repeat(50_000), 'b c d e f'].join('') }))
  })
})
