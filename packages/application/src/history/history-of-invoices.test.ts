import { describe, expect, test } from 'vitest'
import { booksWithInvoice, pay } from '../../test/support/invoice-books.ts'
import { NOWHERE, tzs } from '../../test/support/open-books.ts'
import { refusalOf } from '../../test/support/refusal-of.ts'

async function longHistory() {
  const opened = await booksWithInvoice()
  const { books, scope, clock, invoice } = opened
  const target = { invoiceId: invoice.id, version: '*' } as const
  clock.advance(1_000)
  await books.invoices.update(scope, target, { number: 'INV-2', supplier: { taxId: '100' } })
  const bakari = { ...scope, actorId: 'bakari' }
  await books.invoices.setUrgency(bakari, target, { level: 'low', reason: 'Disputed' })
  clock.advance(1_000)
  const paid = await pay(opened, '100')
  const list = (page: object = {}) => books.history.list(scope, { kind: 'invoice', id: invoice.id, ...page })
  return { ...opened, paid, list }
}

describe('the history of an invoice', () => {
  test('is what happened to it, newest first, with who, when, and the fields that changed', async () => {
    const { list, invoice, paid } = await longHistory()
    const { data, nextCursor } = await list()
    expect(nextCursor).toBeNull()
    expect(data.map(({ type, version, at, by }) => [type, version, at, by])).toEqual([
      ['invoice.paid', 5, '2026-11-21T09:00:02.000Z', 'amina'],
      ['invoice.payment_recorded', 4, '2026-11-21T09:00:02.000Z', 'amina'],
      ['invoice.urgency_overridden', 3, '2026-11-21T09:00:01.000Z', 'bakari'],
      ['invoice.updated', 2, '2026-11-21T09:00:01.000Z', 'amina'],
      ['invoice.registered', 1, '2026-11-21T09:00:00.000Z', 'amina'],
    ])
    const urgency = {
      level: 'low',
      rank: 5,
      source: 'manual',
      reason: 'Disputed',
      setBy: 'bakari',
      setAt: '2026-11-21T09:00:01.000Z',
    }
    expect(data.slice(0, 4).map(({ changes }) => changes)).toEqual([
      { status: { before: 'partly_paid', after: 'paid' } },
      {
        status: { before: 'pending', after: 'partly_paid' },
        payments: { before: [], after: paid.payments },
      },
      { urgency: { before: null, after: urgency } },
      {
        number: { before: 'INV-1', after: 'INV-2' },
        supplier: { before: invoice.supplier, after: { ...invoice.supplier, taxId: '100' } },
      },
    ])
    expect(data[4]?.changes).toEqual({
      status: { before: null, after: 'pending' },
      supplier: { before: null, after: invoice.supplier },
      number: { before: null, after: 'INV-1' },
      dueDate: { before: null, after: '2026-12-05' },
      total: { before: null, after: tzs('100.00') },
      attachmentIds: { before: null, after: [] },
      payments: { before: null, after: [] },
    })
  })

  test('tells why it was voided', async () => {
    const { books, scope, invoice } = await booksWithInvoice()
    await books.invoices.void(scope, { invoiceId: invoice.id, version: 1 }, { reason: 'Wrong' })
    const { data } = await books.history.list(scope, { kind: 'invoice', id: invoice.id })
    expect(data[0]?.changes).toEqual({
      status: { before: 'pending', after: 'void' },
      voidReason: { before: null, after: 'Wrong' },
    })
  })

  test('comes in pages, also while more happens', async () => {
    const { books, scope, invoice, list } = await longHistory()
    const first = await list({ limit: 2 })
    expect(first.data.map(({ version }) => version)).toEqual([5, 4])
    const target = { invoiceId: invoice.id, version: '*' } as const
    await books.invoices.update(scope, target, { notes: 'x' })
    const second = await list({ limit: 2, cursor: first.nextCursor })
    expect(second.data.map(({ version }) => version)).toEqual([3, 2])
    const third = await list({ limit: 2, cursor: second.nextCursor })
    expect([third.data.map(({ version }) => version), third.nextCursor]).toEqual([[1], null])
  })

  test('F80 is not there for anybody else, nor under another kind or id', async () => {
    const { books, scope, stranger, invoice } = await booksWithInvoice()
    const { id } = invoice
    for (const [who, target] of [
      [stranger, { kind: 'invoice', id }],
      [scope, { kind: 'expense', id }],
      [scope, { kind: 'category', id }],
      [scope, { kind: 'invoice', id: NOWHERE }],
      [scope, { kind: 'invoice', id: 'x' }],
    ] as const) {
      expect(await refusalOf(books.history.list(who, target))).toMatchObject({
        code: 'not_found',
        details: { kind: target.kind, id: target.id },
      })
    }
  })

  test('a cursor of one invoice opens no other', async () => {
    const { list, books, scope } = await longHistory()
    const { nextCursor } = await list({ limit: 1 })
    const { id } = await books.invoices.create(scope, {
      supplier: { name: 'Dawasa' },
      number: '1',
      dueDate: '2026-12-05',
      total: tzs('1'),
    })
    const answer = books.history.list(scope, { kind: 'invoice', id, cursor: nextCursor ?? '' })
    expect((await refusalOf(answer)).code).toBe('invalid_cursor')
  })
})
