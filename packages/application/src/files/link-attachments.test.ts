import { describe, expect, test } from 'vitest'
import {
  bill,
  booksWithInvoice,
  everyEvent,
  fileOf,
  invoiceState,
  pay,
  stageFile,
} from '../../test/support/invoice-books.ts'
import { NOWHERE, type OpenBooks, openBooks, tzs } from '../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../test/support/refusal-of.ts'
import type { InvoiceView } from '../index.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const LINKED = { state: 'linked', expiresAt: null, updatedAt: '2026-11-21T09:00:01.000Z' }

interface Named {
  readonly attachmentIds: readonly string[]
}

/** The ways in which a record comes to name files. */
const ways: readonly [string, (opened: OpenBooks, files: string[]) => Promise<Named>][] = [
  [
    'a new invoice',
    ({ books, scope }, attachmentIds) => books.invoices.create(scope, bill({ attachmentIds })),
  ],
  [
    'a changed invoice',
    async ({ books, ports, scope }, attachmentIds) => {
      const { id: invoiceId } = await books.invoices.create(scope, bill({ number: ports.ids.next() }))
      return books.invoices.update(scope, { invoiceId, version: 1 }, { attachmentIds })
    },
  ],
  [
    'a new expense',
    async (opened, attachmentIds) =>
      opened.books.expenses.create(opened.scope, await fare(opened, attachmentIds)),
  ],
  [
    'a changed expense',
    async (opened, attachmentIds) => {
      const { books, scope } = opened
      const { id: expenseId } = await books.expenses.create(scope, await fare(opened, []))
      return books.expenses.update(scope, { expenseId, version: 1 }, { attachmentIds })
    },
  ],
  [
    'one of several new expenses',
    async (opened, attachmentIds) => {
      const items = [await fare(opened, attachmentIds)]
      const answer = await opened.books.expenses.createMany(opened.scope, { items })
      return (answer as { data: readonly Named[] }).data[0] as Named
    },
  ],
]

async function fare({ books, scope }: OpenBooks, attachmentIds: string[]) {
  const known = (await books.categories.list(scope)).data[0]
  const { id: categoryId } = known ?? (await books.categories.create(scope, { name: 'Usafiri' }))
  return { amount: tzs('5'), categoryId, expenseDate: '2026-11-21', attachmentIds }
}

describe('files that a record names', () => {
  test.each(ways)('are linked by %s, each once, in the order given', async (_, name) => {
    const opened = openBooks()
    const [one, two] = [await stageFile(opened, opened.scope), await stageFile(opened, opened.scope)]
    opened.clock.advance(1_000)
    const { attachmentIds } = await name(opened, [two, one, two])
    expect(attachmentIds).toEqual([two, one])
    expect([await fileOf(opened, opened.scope, one), await fileOf(opened, opened.scope, two)]).toEqual([
      LINKED,
      LINKED,
    ])
  })

  test.each(ways)(
    'refuse %s where they are absent, foreign or expired, and nothing happens',
    async (_, name) => {
      const opened = openBooks()
      const foreign = await stageFile(opened, opened.stranger)
      const expired = await stageFile(opened, opened.scope)
      opened.clock.advance(1_000)
      const good = await stageFile(opened, opened.scope)
      const staged = await fileOf(opened, opened.scope, good)
      opened.clock.advance(DAY_MS - 1_000)
      for (const missing of [NOWHERE, foreign, expired]) {
        const { code, details } = await refusalOf(name(opened, [good, missing]))
        expect([code, details]).toEqual([
          'attachment_not_found',
          expect.objectContaining({ attachmentId: missing }),
        ])
      }
      expect(await fileOf(opened, opened.scope, good)).toEqual(staged)
      expect(await fileOf(opened, opened.stranger, foreign)).toMatchObject({ state: 'staged' })
    },
  )

  test.each(ways)('may be linked by %s until the millisecond in which they expire', async (_, name) => {
    const opened = openBooks()
    const file = await stageFile(opened, opened.scope)
    opened.clock.advance(DAY_MS - 1)
    expect((await name(opened, [file])).attachmentIds).toEqual([file])
  })

  test('stay linked for good: by several records, and after the last of them names others', async () => {
    const opened = openBooks()
    const { books, scope, clock } = opened
    const file = await stageFile(opened, scope)
    clock.advance(1_000)
    const first = await books.invoices.create(scope, bill({ attachmentIds: [file] }))
    clock.advance(7 * DAY_MS)
    const second = await books.invoices.create(scope, bill({ number: 'INV-2', attachmentIds: [file] }))
    const drop = ({ id: invoiceId, version }: InvoiceView, attachmentIds: string[] | null) =>
      books.invoices.update(scope, { invoiceId, version }, { attachmentIds })
    expect((await drop(first, [])).attachmentIds).toEqual([])
    expect((await drop(second, null)).attachmentIds).toEqual([])
    expect(await fileOf(opened, scope, file)).toEqual(LINKED)
    clock.advance(7 * DAY_MS)
    expect((await drop({ ...first, version: 2 }, [file])).attachmentIds).toEqual([file])
    expect(await fileOf(opened, scope, file)).toEqual(LINKED)
  })

  test('outlive an expense that is deleted', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const file = await stageFile(opened, scope)
    opened.clock.advance(1_000)
    const { id: expenseId } = await books.expenses.create(scope, await fare(opened, [file]))
    await books.expenses.delete(scope, { expenseId, version: 1 })
    expect(await fileOf(opened, scope, file)).toEqual(LINKED)
  })

  test('are not linked by a change that is refused', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    await pay(opened, '1')
    const file = await stageFile(opened, scope)
    const staged = await fileOf(opened, scope, file)
    const before = await invoiceState(opened)
    const fields = { total: tzs('5'), attachmentIds: [file] }
    const answer = books.invoices.update(scope, { invoiceId: invoice.id, version: 2 }, fields)
    expect((await refusalOf(answer)).code).toBe('amount_frozen')
    expect(await fileOf(opened, scope, file)).toEqual(staged)
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('nor by a new bill that is refused', async () => {
    const opened = await booksWithInvoice()
    const file = await stageFile(opened, opened.scope)
    const answer = opened.books.invoices.create(opened.scope, bill({ attachmentIds: [file] }))
    expect((await refusalOf(answer)).code).toBe('invoice_probable_duplicate')
    expect(await fileOf(opened, opened.scope, file)).toMatchObject({ state: 'staged' })
  })

  test('are the record of an update: before and after tell them', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    const file = await stageFile(opened, scope)
    await books.invoices.update(scope, { invoiceId: invoice.id, version: 1 }, { attachmentIds: [file] })
    const events = await everyEvent(opened, scope)
    expect(events.map(({ type }) => type)).toEqual([
      'invoice.registered',
      'attachment.stored',
      'invoice.updated',
    ])
    expect(events.at(-1)?.data).toMatchObject({
      before: { attachmentIds: [] },
      after: { attachmentIds: [file] },
    })
  })

  test('are 100 at most', async () => {
    const { books, scope } = openBooks()
    const attachmentIds = Array.from({ length: 101 }, () => NOWHERE)
    expect(await faultsOf(books.invoices.create(scope, bill({ attachmentIds })))).toEqual([
      '/attachmentIds text_invalid',
    ])
    const hundred = books.invoices.create(scope, bill({ attachmentIds: attachmentIds.slice(1) }))
    expect((await refusalOf(hundred)).code).toBe('attachment_not_found')
  })
})
