import { describe, expect, test } from 'vitest'
import { changeOf } from '../../../test/support/change-of.ts'
import {
  type BooksWithInvoice,
  bill,
  booksWithInvoice,
  everyEvent,
  invoiceState,
  pay,
} from '../../../test/support/invoice-books.ts'
import { NOWHERE, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'

async function booksWithPayment(amount: string) {
  const opened = await booksWithInvoice()
  const paid = await pay(opened, amount)
  return { ...opened, paid, paymentId: paid.payments[0]?.id ?? '' }
}
type BooksWithPayment = BooksWithInvoice & { readonly paymentId: string }

function reverse({ books, scope, invoice, paymentId }: BooksWithPayment, given: object = {}) {
  const target = { invoiceId: invoice.id, paymentId, version: '*' } as const
  return books.invoices.reversePayment(scope, ...changeOf(target, { reason: 'Bounced' }, given))
}

describe('reversing a payment', () => {
  test.each(['40', '100'])('of %s restores the invoice exactly, and keeps the payment', async (amount) => {
    const opened = await booksWithPayment(amount)
    opened.clock.advance(1_000)
    const time = '2026-11-21T09:00:01.000Z'
    const by = { ...opened.scope, actorId: 'bakari' }
    const reversal = { reason: 'Bounced', at: time, by: 'bakari' }
    expect(await reverse({ ...opened, scope: by })).toEqual({
      ...opened.invoice,
      payments: [{ ...opened.paid.payments[0], reversal, updatedAt: time }],
      version: opened.paid.version + 1,
      updatedAt: time,
    })
    expect((await everyEvent(opened, opened.scope)).at(-1)).toMatchObject({
      type: 'invoice.payment_reversed',
      aggregateversion: opened.paid.version + 1,
      actor: 'bakari',
      data: { before: { status: opened.paid.status }, after: { status: 'pending' } },
    })
  })

  test('of one of two leaves the other, and room for what was taken back', async () => {
    const opened = await booksWithPayment('40')
    await pay(opened, '60')
    expect(await reverse(opened)).toMatchObject({
      status: 'partly_paid',
      paid: tzs('60.00'),
      balance: tzs('40.00'),
    })
    expect((await refusalOf(pay(opened, '40.01'))).details).toEqual({ balance: '40.00', currency: 'TZS' })
    expect((await pay(opened, '40')).status).toBe('paid')
  })

  test('gives the urgency back, as it was set by hand', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    const set = { level: 'low', reason: 'Disputed' } as const
    const before = await books.invoices.setUrgency(scope, { invoiceId: invoice.id, version: 1 }, set)
    const paid = await pay(opened, '100')
    expect(paid.urgency).toBeNull()
    const back = await reverse({ ...opened, paymentId: paid.payments[0]?.id ?? '' })
    expect(back.urgency).toEqual(before.urgency)
  })

  test('is done once', async () => {
    const opened = await booksWithPayment('40')
    await reverse(opened)
    const before = await invoiceState(opened)
    expect(await refusalOf(reverse(opened))).toMatchObject({
      code: 'payment_already_reversed',
      details: { paymentId: opened.paymentId },
    })
    expect(await invoiceState(opened)).toEqual(before)
  })
})

describe('what refuses a reversal first', () => {
  const bad = { version: undefined, reason: '' }

  test('is an invoice that is not there, then a payment that is not', async () => {
    const opened = await booksWithPayment('40')
    const kind = async (given: object) => {
      const { code, details } = await refusalOf(reverse(opened, given))
      return [code, details]
    }
    expect(await kind({ invoiceId: NOWHERE, ...bad })).toEqual([
      'not_found',
      { kind: 'invoice', id: NOWHERE },
    ])
    expect(await kind({ paymentId: NOWHERE, ...bad })).toEqual([
      'not_found',
      { kind: 'payment', id: NOWHERE },
    ])
    expect(await kind({ paymentId: 'x', ...bad })).toEqual(['not_found', { kind: 'payment', id: 'x' }])
    const { stranger } = opened
    expect((await refusalOf(reverse({ ...opened, scope: stranger }))).details).toMatchObject({
      kind: 'invoice',
    })
  })

  test('also where the payment is of another invoice', async () => {
    const opened = await booksWithPayment('40')
    const other = await opened.books.invoices.create(opened.scope, bill({ number: 'INV-2' }))
    expect((await refusalOf(reverse(opened, { invoiceId: other.id }))).details).toMatchObject({
      kind: 'payment',
    })
  })

  test('then a version that is not given, or is another, then the input', async () => {
    const opened = await booksWithPayment('40')
    expect((await refusalOf(reverse(opened, bad))).code).toBe('precondition_required')
    expect((await refusalOf(reverse(opened, { ...bad, version: 1 }))).code).toBe('concurrent_change')
    expect(await faultsOf(reverse(opened, { reason: ' ' }))).toEqual(['/reason text_invalid'])
    expect(await faultsOf(reverse(opened, { reason: 'x'.repeat(501) }))).toEqual(['/reason text_invalid'])
    expect(await faultsOf(reverse(opened, { amount: '1' }))).toEqual(['/amount unknown_field'])
  })

  test('and last that the invoice is void', async () => {
    const opened = await booksWithPayment('40')
    await reverse(opened)
    const { books, scope, invoice } = opened
    await books.invoices.void(scope, { invoiceId: invoice.id, version: '*' }, { reason: 'Wrong' })
    expect(await faultsOf(reverse(opened, { reason: '' }))).toEqual(['/reason text_invalid'])
    expect((await refusalOf(reverse(opened))).code).toBe('invoice_void')
  })
})
