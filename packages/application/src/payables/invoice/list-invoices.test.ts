import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyPage } from '../../../test/support/every-page.ts'
import { bill } from '../../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import type { CreateInvoiceInput, InvoiceSort, ListInvoicesInput } from '../../index.ts'

const SORTS: readonly InvoiceSort[] = ['dueDate', 'urgency', '-total', '-createdAt']

/** One of each kind, entered a second apart; the last was paid, the one before is void. */
async function filledBooks(): Promise<OpenBooks> {
  const opened = openBooks()
  const { books, scope, clock } = opened
  const enter = async (number: string, dueDate: string, given: Partial<CreateInvoiceInput> = {}) => {
    clock.advance(1_000)
    return books.invoices.create(scope, bill({ number, dueDate, ...given }))
  }
  await enter('LATE', '2026-11-20', { supplier: { name: 'Mto wa Mbu Traders', taxId: '100-200-300' } })
  await enter('TODAY', '2026-11-21', { total: { amount: '9', currency: 'USD' }, notes: 'Ofisi ya Arusha' })
  await enter('HIGH', '2026-12-05', { total: tzs('20') })
  const medium = await enter('MEDIUM', '2026-12-21', { total: tzs('1000') })
  await enter('LOW', '2026-12-22', { total: { amount: '500', currency: 'UGX' } })
  const forced = await enter('FORCED', '2027-12-22', { supplier: { name: 'Dawasa' } })
  const gone = await enter('VOID', '2026-11-01')
  const done = await enter('PAID', '2026-11-02')
  const target = ({ id: invoiceId }: { id: string }) => ({ invoiceId, version: '*' }) as const
  const body = { paidOn: '2026-11-21', method: 'bank' } as const
  await books.invoices.setUrgency(scope, target(forced), { level: 'overdue', reason: 'Power' })
  await books.invoices.recordPayment(scope, target(medium), { ...body, amount: tzs('1') })
  await books.invoices.void(scope, target(gone), { reason: 'Wrong' })
  await books.invoices.recordPayment(scope, target(done), { ...body, amount: tzs('100') })
  return opened
}

async function numbers({ books, scope }: OpenBooks, asked: ListInvoicesInput = {}): Promise<string[]> {
  const { data } = await books.invoices.list(scope, asked)
  return data.map(({ number }) => number)
}

describe('the order of the list', () => {
  test.each([
    [undefined, 'VOID PAID LATE TODAY HIGH MEDIUM LOW FORCED'],
    ['dueDate', 'VOID PAID LATE TODAY HIGH MEDIUM LOW FORCED'],
    ['urgency', 'LATE FORCED TODAY HIGH MEDIUM LOW VOID PAID'],
    ['-total', 'MEDIUM LOW PAID VOID FORCED LATE HIGH TODAY'],
    ['-createdAt', 'PAID VOID FORCED LOW MEDIUM HIGH TODAY LATE'],
  ] as const)('by %s', async (sort, order) => {
    const opened = await filledBooks()
    const asked = sort === undefined ? {} : { sort }
    expect(await numbers(opened, asked)).toEqual(order.split(' '))
    const read = (page: object) => opened.books.invoices.list(opened.scope, { ...asked, ...page })
    const slowly = await everyPage(read, 1)
    expect(slowly.map(({ number }) => number)).toEqual(order.split(' '))
  })

  test.each(SORTS)('by %s is decided by the id where all else is equal', async (sort) => {
    const { books, scope } = openBooks()
    const ids: string[] = []
    for (const number of ['A', 'B', 'C']) ids.push((await books.invoices.create(scope, bill({ number }))).id)
    const { data } = await books.invoices.list(scope, { sort })
    expect(data.map(({ id }) => id)).toEqual(sort.startsWith('-') ? ids.toReversed() : ids)
  })
})

describe('the list holds', () => {
  test.each<[string, ListInvoicesInput, string]>([
    ['one status', { status: 'partly_paid' }, 'MEDIUM'],
    ['several', { status: ['paid', 'void'] }, 'VOID PAID'],
    ['what is pending', { status: 'pending' }, 'LATE TODAY HIGH LOW FORCED'],
    ['one level, by hand or by date', { urgency: 'overdue' }, 'LATE FORCED'],
    [
      'R17 several levels, nothing paid among them',
      { urgency: ['critical', 'low', 'medium'] },
      'TODAY MEDIUM LOW',
    ],
    ['R16 what is overdue, by date alone', { overdue: true }, 'LATE'],
    ['what is not', { overdue: false }, 'VOID PAID TODAY HIGH MEDIUM LOW FORCED'],
    ['A11 a number, whatever its case and spaces', { number: ' hi gh ' }, 'HIGH'],
    ['only whole numbers', { number: 'HIG' }, ''],
    ['words of the supplier', { supplier: 'mbu traders' }, 'LATE'],
    ['a tax id', { supplier: '100-200' }, 'LATE'],
    ['words of the supplier alone', { supplier: 'arusha' }, ''],
    ['words of supplier, number and notes', { q: 'tanes today ARU' }, 'TODAY'],
    ['no word of the middle', { q: 'raders' }, ''],
    ['tax ids only as a supplier', { q: '100-200-300' }, ''],
    ['due days, both included', { dueFrom: '2026-11-21', dueTo: '2026-12-05' }, 'TODAY HIGH'],
    ['due days from', { dueFrom: '2026-12-22' }, 'LOW FORCED'],
    ['due days to', { dueTo: '2026-11-02' }, 'VOID PAID'],
    ['all conditions together', { status: 'pending', urgency: 'overdue', overdue: false }, 'FORCED'],
    [
      'everything for empty lists',
      { status: [], urgency: [], q: ' ' },
      'VOID PAID LATE TODAY HIGH MEDIUM LOW FORCED',
    ],
  ])('%s', async (_, asked, expected) => {
    expect((await numbers(await filledBooks(), asked)).join(' ')).toBe(expected)
  })

  test('nothing of another owner', async () => {
    const { books, stranger } = await filledBooks()
    expect(await books.invoices.list(stranger)).toEqual({ data: [], nextCursor: null })
  })

  test('25 unless asked otherwise, 100 at most', async () => {
    const { books, scope } = openBooks()
    for (let index = 0; index < 101; index += 1) {
      await books.invoices.create(scope, bill({ number: `N${index}` }))
    }
    const sizes = async (asked: ListInvoicesInput) => {
      const { data, nextCursor } = await books.invoices.list(scope, asked)
      return [data.length, nextCursor !== null]
    }
    expect(await sizes({})).toEqual([25, true])
    expect(await sizes({ limit: 100 })).toEqual([100, true])
    expect(await sizes({ limit: 1 })).toEqual([1, true])
    const read = (page: object) => books.invoices.list(scope, page)
    expect(await everyPage(read, 25)).toHaveLength(101)
  })
})

describe('a question that is wrong', () => {
  test.each<[object, string, string]>([
    [{ status: 'overdue' }, 'status', 'status: overdue is not a status; use the parameter overdue=true'],
    [
      { status: ['paid', 'overdue'] },
      'status',
      'status: overdue is not a status; use the parameter overdue=true',
    ],
    [{ status: 'open' }, 'status', 'status: pending, partly_paid, paid or void'],
    [{ urgency: 'urgent' }, 'urgency', 'urgency: one of overdue, critical, high, medium, low'],
    [{ overdue: 'true' }, 'overdue', 'overdue: true or false'],
    [{ sort: 'total' }, 'sort', 'sort: dueDate, urgency, -total or -createdAt'],
    [{ sort: '__proto__' }, 'sort', 'sort: dueDate, urgency, -total or -createdAt'],
    [{ limit: 0 }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ limit: 101 }, 'limit', 'limit: a whole number from 1 to 100'],
    [{ dueFrom: '2026-02-30' }, 'dueFrom', 'dueFrom: a date is YYYY-MM-DD, from 1970-01-01 to 2100-12-31'],
    [{ q: '!!' }, 'q', 'q: search for words: letters or digits'],
    [{ q: 'a b c d e f' }, 'q', 'q: search for at most 5 words'],
    [{ supplier: '!!' }, 'supplier', 'supplier: search for words: letters or digits'],
  ])('says what is: %j', async (asked, parameter, detail) => {
    const { books, scope } = openBooks()
    expect(await refusalOf(books.invoices.list(scope, asked))).toMatchObject({
      code: 'invalid_query',
      details: { parameter, detail },
    })
  })

  test('names the nearest parameter there is', async () => {
    const { books, scope } = openBooks()
    const asked = { overdu: true } as ListInvoicesInput
    expect((await refusalOf(books.invoices.list(scope, asked))).details).toMatchObject({
      parameter: 'overdu',
      nearest: 'overdue',
    })
  })
})

describe('a cursor', () => {
  const next = async ({ books, scope }: OpenBooks, asked: ListInvoicesInput) => {
    const { nextCursor } = await books.invoices.list(scope, { limit: 1, ...asked })
    if (nextCursor === null) throw new Error('there is no next page')
    return nextCursor
  }
  const follow = async ({ books, scope }: OpenBooks, asked: ListInvoicesInput) => {
    const answer = books.invoices.list(scope, asked)
    return (await refusalOf(answer)).code
  }

  test.each<[string, ListInvoicesInput, ListInvoicesInput]>([
    ['another sort', { sort: 'urgency' }, { sort: 'dueDate' }],
    ['another status', { status: 'pending' }, {}],
    ['another level', { urgency: 'overdue' }, { urgency: ['overdue', 'low'] }],
    ['overdue or not', { overdue: false }, {}],
    ['another supplier', { supplier: 'tanesco' }, {}],
    ['other words', { q: 'tanesco' }, { q: 'tanesco l' }],
    ['other days', { dueFrom: '2026-11-01' }, { dueFrom: '2026-11-02' }],
    ['other last days', { dueTo: '2026-12-31' }, {}],
  ])('refuses with %s', async (_, asked, other) => {
    const opened = await filledBooks()
    const cursor = await next(opened, asked)
    expect(await follow(opened, { ...other, cursor })).toBe('invalid_cursor')
    expect((await opened.books.invoices.list(opened.scope, { ...asked, cursor })).data).not.toEqual([])
  })

  test('goes on in pages of another size, and whatever the order of a list of filters', async () => {
    const opened = await filledBooks()
    const cursor = await next(opened, { status: ['pending', 'paid', 'paid'] })
    const { data } = await opened.books.invoices.list(opened.scope, {
      status: ['paid', 'pending'],
      limit: 100,
      cursor,
    })
    expect(data.map(({ number }) => number).join(' ')).toBe('LATE TODAY HIGH LOW FORCED')
  })

  test("refuses in another owner's books, cut, altered, or made up", async () => {
    const opened = await filledBooks()
    const cursor = await next(opened, {})
    expect(await follow({ ...opened, scope: opened.stranger }, { cursor })).toBe('invalid_cursor')
    for (const wrong of ['', 'x', cursor.slice(0, -1), `${cursor}x`, `x${cursor}`, cursor.replace('.', '')]) {
      expect(await follow(opened, { cursor: wrong })).toBe('invalid_cursor')
    }
  })

  test.each<ListInvoicesInput>([
    { sort: 'urgency' },
    { urgency: ['overdue', 'high', 'low'] },
    { overdue: false },
  ])('that depends on the day refuses across midnight: %j', async (asked) => {
    const opened = await filledBooks()
    const cursor = await next(opened, asked)
    opened.clock.set('2026-11-21T20:59:59.999Z')
    expect((await opened.books.invoices.list(opened.scope, { ...asked, cursor })).data).not.toEqual([])
    opened.clock.set('2026-11-21T21:00:00.000Z')
    expect(await follow(opened, { ...asked, cursor })).toBe('invalid_cursor')
  })

  test('that depends on the thresholds refuses when they change', async () => {
    const opened = await filledBooks()
    const cursor = await next(opened, { sort: 'urgency' })
    await opened.books.settings.update(opened.scope, { version: 0 }, { urgencyDays: { high: 15 } })
    expect(await follow(opened, { sort: 'urgency', cursor })).toBe('invalid_cursor')
  })

  test.each(['dueDate', '-total', '-createdAt'] as const)('by %s goes on across midnight', async (sort) => {
    const opened = await filledBooks()
    const cursor = await next(opened, { sort })
    opened.clock.set('2026-11-25T00:00:00.000Z')
    const { data } = await opened.books.invoices.list(opened.scope, { sort, cursor, limit: 100 })
    expect(data).toHaveLength(7)
  })
})

describe('reading page by page while others write', () => {
  const entry = fc.record({
    dueDate: fc
      .integer({ min: 0, max: 40 })
      .map((day) => new Date(Date.UTC(2026, 10, 15 + day)).toISOString().slice(0, 10)),
    total: fc.integer({ min: 1, max: 5 }).map((amount) => tzs(`${amount}`)),
    pays: fc.boolean(),
  })
  const batch = fc.array(entry, { maxLength: 6 })

  test.each(SORTS)('by %s: what is there throughout comes exactly once', async (sort) => {
    await fc.assert(
      fc.asyncProperty(
        batch,
        fc.array(batch, { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (first, later, limit) => {
          const { books, scope, clock } = openBooks()
          let count = 0
          const enter = async ({ dueDate, total, pays }: (typeof first)[number]) => {
            count += 1
            const { id } = await books.invoices.create(scope, bill({ number: `N${count}`, dueDate, total }))
            const body = { amount: total, paidOn: '2026-11-21', method: 'bank' } as const
            if (pays) await books.invoices.recordPayment(scope, { invoiceId: id }, body)
            return id
          }
          const throughout: string[] = []
          for (const one of first) throughout.push(await enter(one))
          const writes = later[Symbol.iterator]()
          const rows = await everyPage(async (page) => {
            const answer = await books.invoices.list(scope, { sort, ...page })
            clock.advance(1)
            for (const one of writes.next().value ?? []) await enter(one)
            return answer
          }, limit)
          const seen = rows.map(({ id }) => id)
          expect(new Set(seen).size).toBe(seen.length)
          expect(throughout.filter((id) => !seen.includes(id))).toEqual([])
          const { data } = await books.invoices.list(scope, { sort, limit: 100 })
          const order = data.map(({ id }) => id).filter((id) => seen.includes(id))
          expect(seen).toEqual(order)
        },
      ),
      { numRuns: 60 },
    )
  })
})
