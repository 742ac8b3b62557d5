import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bill, booksWithInvoice, pay, stageFile } from '../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks, tzs } from '../../test/support/open-books.ts'
import { refusalOf } from '../../test/support/refusal-of.ts'
import { scheduledPorts } from '../../test/support/scheduled-ports.ts'
import { createBooks, type EventView, type ListFeedInput } from '../index.ts'

const typesOf = (events: readonly EventView[]) => events.map(({ type }) => type)

/** A category, an expense, a file, a bill with a payment, settings changed in between. */
async function busyBooks(): Promise<OpenBooks> {
  const opened = openBooks()
  const { books, scope } = opened
  const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
  await books.settings.update(scope, { version: 0 }, { maxCategories: 50 })
  await books.expenses.create(scope, { amount: tzs('5'), categoryId, expenseDate: '2026-11-21' })
  await stageFile(opened, scope)
  const invoice = await books.invoices.create(scope, bill())
  await pay({ ...opened, invoice }, '100')
  await books.settings.update(scope, { version: 1 }, { maxCategories: 60 })
  return opened
}

const ALL = [
  'category.created',
  'expense.created',
  'attachment.stored',
  'invoice.registered',
  'invoice.payment_recorded',
  'invoice.paid',
]

describe('the feed', () => {
  test('is everything that others may hear of, oldest first; what is for the audit stays out', async () => {
    const { books, scope } = await busyBooks()
    const { data } = await books.history.feed(scope)
    expect(typesOf(data)).toEqual(ALL)
  })

  test('of new books is empty, and says where to go on reading', async () => {
    const { books, scope } = openBooks()
    const empty = await books.history.feed(scope)
    expect(empty.data).toEqual([])
    const again = await books.history.feed(scope, { after: empty.nextCursor })
    expect(again.data).toEqual([])
    await books.invoices.create(scope, bill())
    for (const { nextCursor } of [empty, again]) {
      const { data } = await books.history.feed(scope, { after: nextCursor })
      expect(typesOf(data)).toEqual(['invoice.registered'])
    }
  })

  test.each([1, 2, 5, 6, 7, 100])('comes in pages of %i, whose cursor is never null', async (limit) => {
    const { books, scope } = await busyBooks()
    const seen: string[] = []
    let page = await books.history.feed(scope, { limit })
    for (let pages = 0; pages < 8; pages += 1) {
      expect(page.data.length).toBeLessThanOrEqual(limit)
      expect(page.nextCursor).toEqual(expect.any(String))
      seen.push(...typesOf(page.data))
      page = await books.history.feed(scope, { limit, after: page.nextCursor })
    }
    expect(page.data).toEqual([])
    expect(seen).toEqual(ALL)
  })

  test('goes on behind its end once more happens', async () => {
    const { books, scope } = await busyBooks()
    const { nextCursor } = await books.history.feed(scope)
    const end = await books.history.feed(scope, { after: nextCursor })
    expect(end.data).toEqual([])
    await books.invoices.create(scope, bill({ number: 'INV-2' }))
    const more = await books.history.feed(scope, { after: end.nextCursor })
    expect(typesOf(more.data)).toEqual(['invoice.registered'])
  })

  test('may be asked for some types only', async () => {
    const { books, scope } = await busyBooks()
    const asked = async (types: ListFeedInput['types']) =>
      typesOf((await books.history.feed(scope, { types })).data)
    expect(await asked('invoice.paid')).toEqual(['invoice.paid'])
    expect(await asked(['invoice.paid', 'category.created'])).toEqual(['category.created', 'invoice.paid'])
    expect(await asked(['invoice.voided'])).toEqual([])
    expect(await asked([])).toEqual(ALL)
  })

  test('of some types comes in pages of its own', async () => {
    const { books, scope } = await busyBooks()
    const types = ['invoice.paid', 'invoice.registered'] as const
    const first = await books.history.feed(scope, { types: [...types], limit: 1 })
    const second = await books.history.feed(scope, {
      types: types.toReversed(),
      limit: 1,
      after: first.nextCursor,
    })
    expect([...typesOf(first.data), ...typesOf(second.data)]).toEqual(['invoice.registered', 'invoice.paid'])
  })

  test('holds 25 unless asked otherwise', async () => {
    const { books, scope } = openBooks()
    for (let index = 0; index < 26; index += 1) {
      await books.invoices.create(scope, bill({ number: `N${index}` }))
    }
    expect((await books.history.feed(scope)).data).toHaveLength(25)
    expect((await books.history.feed(scope, { limit: 100 })).data).toHaveLength(26)
  })

  test('F80 is of one owner', async () => {
    const { books, scope, stranger } = await busyBooks()
    expect((await books.history.feed(stranger)).data).toEqual([])
    const { nextCursor } = await books.history.feed(scope)
    expect((await refusalOf(books.history.feed(stranger, { after: nextCursor }))).code).toBe('invalid_cursor')
  })
})

describe('the feed refuses', () => {
  test.each([
    [{ types: 'settings.updated' }, 'types', /^types: one of category\.created, .*attachment\.stored/],
    [{ types: ['invoice.paid', 'x'] }, 'types', /^types: one of category\.created, /],
    [{ limit: 0 }, 'limit', /^limit: a whole number from 1 to 100$/],
    [{ limit: 101 }, 'limit', /^limit: a whole number from 1 to 100$/],
    [{ cursor: 'x' }, 'cursor', /^There is no parameter cursor; the nearest is /],
  ])('%j', async (asked, parameter, detail) => {
    const { books, scope } = openBooks()
    const refusal = await refusalOf(books.history.feed(scope, asked as ListFeedInput))
    expect(refusal).toMatchObject({
      code: 'invalid_query',
      details: { parameter, detail: expect.stringMatching(detail) },
    })
  })

  test('cursors of other types, of other lists, altered, or made up', async () => {
    const opened = await booksWithInvoice()
    const { books, scope } = opened
    await books.invoices.create(scope, bill({ number: 'INV-2' }))
    const { nextCursor } = await books.history.feed(scope, { types: 'invoice.registered' })
    const { nextCursor: list } = await books.invoices.list(scope, { limit: 1 })
    for (const after of [nextCursor, list ?? '', '', 'x', `${nextCursor}x`]) {
      expect((await refusalOf(books.history.feed(scope, { after }))).code).toBe('invalid_cursor')
    }
  })
})

describe('the feed of books that were loaded from a dump', () => {
  /** The books, and the same with their events numbered anew. */
  async function loadedBooks() {
    const opened = await busyBooks()
    const { queries } = opened.ports
    const feed = { ...queries.feed, epoch: async () => 'another' }
    return { ...opened, loaded: createBooks({ ...opened.ports, queries: { ...queries, feed } }) }
  }

  test('T16 refuses cursors from before with a sentence that says what to do, and goes on from its own', async () => {
    const { books, loaded, scope } = await loadedBooks()
    const { nextCursor } = await books.history.feed(scope, { limit: 2 })
    const refusal = await refusalOf(loaded.history.feed(scope, { after: nextCursor }))
    expect(refusal).toMatchObject({ code: 'invalid_cursor', details: { isOfOtherEpoch: true } })
    expect(refusal.message).toBe(
      'The books were restored from a dump after this cursor was issued. Start again without a cursor and skip the events whose id you have already processed.',
    )
    const first = await loaded.history.feed(scope, { limit: 2 })
    const { data } = await loaded.history.feed(scope, { after: first.nextCursor })
    expect(typesOf([...first.data, ...data])).toEqual(ALL)
  })

  test('T16 refuses cursors of books that had no event yet, too', async () => {
    const { books, loaded, stranger } = await loadedBooks()
    const { nextCursor } = await books.history.feed(stranger)
    expect((await refusalOf(loaded.history.feed(stranger, { after: nextCursor }))).code).toBe(
      'invalid_cursor',
    )
  })

  test('T16 gives no page whose epoch ended while it was read', async () => {
    const { ports, scope } = await busyBooks()
    let epoch = 'first'
    const feed: typeof ports.queries.feed = {
      epoch: async () => epoch,
      async list(ownerId, page) {
        if (page.after !== null) epoch = 'second'
        return ports.queries.feed.list(ownerId, page)
      },
    }
    const books = createBooks({ ...ports, queries: { ...ports.queries, feed } })
    const { nextCursor } = await books.history.feed(scope, { limit: 2 })
    expect((await refusalOf(books.history.feed(scope, { after: nextCursor }))).code).toBe('invalid_cursor')
  })
})

describe('reading on while events are written', () => {
  test('loses nothing, doubles nothing, and keeps the order of each record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, limit) => {
        const opened = openBooks()
        const slow = createBooks(scheduledPorts(scheduler, opened.ports))
        const { scope } = opened
        let isWriting = true
        const seen: EventView[] = []

        async function read(): Promise<void> {
          let after: string | undefined
          for (let isLast = false; !isLast; ) {
            isLast = !isWriting
            const page = await slow.history.feed(scope, { limit, ...(after === undefined ? {} : { after }) })
            seen.push(...page.data)
            after = page.nextCursor
            isLast &&= page.data.length === 0
          }
        }

        async function write(number: string): Promise<void> {
          const { id: invoiceId } = await slow.invoices.create(scope, bill({ number }))
          const body = { paidOn: '2026-11-21', method: 'bank', amount: tzs('100') } as const
          await slow.invoices.recordPayment(scope, { invoiceId }, body)
        }

        const writing = Promise.all(['A', 'B', 'C'].map(write)).then(() => {
          isWriting = false
        })
        await scheduler.waitFor(Promise.all([writing, read()]))
        expect(seen).toHaveLength(9)
        expect(new Set(seen.map(({ id }) => id)).size).toBe(9)
        for (const events of Map.groupBy(seen, ({ subject }) => subject).values()) {
          expect(typesOf(events)).toEqual(['invoice.registered', 'invoice.payment_recorded', 'invoice.paid'])
        }
        const { data } = await opened.books.history.feed(scope, { limit: 100 })
        expect(seen).toEqual(data)
      }),
      { numRuns: 100 },
    )
  })
})
