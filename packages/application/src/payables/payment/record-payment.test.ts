import { describe, expect, test } from 'vitest'
import { changeOf } from '../../../test/support/change-of.ts'
import {
  type BooksWithInvoice,
  booksWithInvoice,
  everyEvent,
  invoiceState,
  pay,
} from '../../../test/support/invoice-books.ts'
import { NOWHERE, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'

const body = { amount: tzs('40'), paidOn: '2026-11-21', method: 'mobile_money', reference: 'MP-1' } as const

function record({ books, scope, invoice }: BooksWithInvoice, given: object = {}) {
  return books.invoices.recordPayment(scope, ...changeOf({ invoiceId: invoice.id }, body, given))
}

describe('recording a payment', () => {
  test('of a part answers with the invoice and what is left of it', async () => {
    const opened = await booksWithInvoice()
    opened.clock.advance(1_000)
    const time = '2026-11-21T09:00:01.000Z'
    expect(await record(opened)).toEqual({
      ...opened.invoice,
      status: 'partly_paid',
      payments: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          amount: tzs('40.00'),
          paidOn: '2026-11-21',
          method: 'mobile_money',
          reference: 'MP-1',
          reversal: null,
          createdAt: time,
          createdBy: 'amina',
          updatedAt: time,
        },
      ],
      paid: tzs('40.00'),
      balance: tzs('60.00'),
      version: 2,
      updatedAt: time,
    })
  })

  test('of the rest is two events, and leaves nothing urgent', async () => {
    const opened = await booksWithInvoice()
    await record(opened)
    const settled = await record(opened, { amount: tzs('60.00'), reference: null, version: 2 })
    expect(settled).toMatchObject({
      status: 'paid',
      paid: tzs('100.00'),
      balance: tzs('0.00'),
      urgency: null,
      isOverdue: false,
      version: 4,
    })
    expect(settled.payments.map(({ amount, reference }) => [amount.amount, reference])).toEqual([
      ['40.00', 'MP-1'],
      ['60.00', null],
    ])
    const events = await everyEvent(opened, opened.scope)
    expect(
      events.map(({ type, aggregateversion, data }) => [type, aggregateversion, data.after?.status]),
    ).toEqual([
      ['invoice.registered', 1, 'pending'],
      ['invoice.payment_recorded', 2, 'partly_paid'],
      ['invoice.payment_recorded', 3, 'partly_paid'],
      ['invoice.paid', 4, 'paid'],
    ])
  })

  test('says, in its event, nothing that follows from the payments', async () => {
    const opened = await booksWithInvoice()
    await record(opened)
    const [, event] = await everyEvent(opened, opened.scope)
    const { payments, status } = event?.data.after ?? {}
    expect([status, payments]).toEqual(['partly_paid', [expect.objectContaining({ amount: tzs('40.00') })]])
    expect(Object.keys(event?.data.after ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(paid|balance|isOverdue)$/)]),
    )
  })

  test('needs no version, but goes by the one that is given', async () => {
    const opened = await booksWithInvoice()
    expect((await record(opened)).version).toBe(2)
    expect((await record(opened, { version: 2 })).version).toBe(3)
    expect(await refusalOf(record(opened, { version: 2 }))).toMatchObject({
      code: 'concurrent_change',
      details: { kind: 'invoice', id: opened.invoice.id },
    })
    expect(await refusalOf(record(opened, { version: '*', amount: tzs('20.01') }))).toMatchObject({
      code: 'payment_exceeds_balance',
      details: { balance: '20.00', currency: 'TZS' },
      message: 'The payment exceeds the balance of the invoice, 20.00 TZS.',
    })
  })

  test('is known by who did it', async () => {
    const opened = await booksWithInvoice()
    const scope = { ...opened.scope, actorId: 'bakari' }
    const { payments, createdBy } = await record({ ...opened, scope })
    expect([createdBy, payments[0]?.createdBy]).toEqual(['amina', 'bakari'])
  })

  test.each(['cash', 'bank', 'mobile_money', 'card', 'cheque'])('may be made by %s', async (method) => {
    expect((await record(await booksWithInvoice(), { method })).payments[0]?.method).toBe(method)
  })

  test.each([
    ['more decimals than there are', { amount: tzs('0.001') }, ['/amount/amount amount_invalid']],
    ['nothing', { amount: tzs('0') }, ['/amount/amount amount_invalid']],
    ['a debt', { amount: tzs('-1') }, ['/amount/amount amount_invalid']],
    [
      'another currency',
      { amount: { amount: '1', currency: 'USD' } },
      ['/amount/currency currency_not_allowed'],
    ],
    ['a day to come', { paidOn: '2026-11-22' }, ['/paidOn date_in_future']],
    ['no day', { paidOn: null }, ['/paidOn date_invalid']],
    ['another method', { method: 'barter' }, ['/method text_invalid']],
    ['a reference that is too long', { reference: 'x'.repeat(101) }, ['/reference text_invalid']],
    ['unknown fields', { currency: 'TZS' }, ['/currency unknown_field']],
    [
      'several faults',
      { amount: { amount: '0', currency: 'USD' }, paidOn: '2026-11-22' },
      ['/amount/currency currency_not_allowed', '/amount/amount amount_invalid', '/paidOn date_in_future'],
    ],
  ])('refuses %s and changes nothing', async (_, given, faults) => {
    const opened = await booksWithInvoice()
    const before = await invoiceState(opened)
    expect(await faultsOf(record(opened, given))).toEqual(faults)
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('may be made today where the owner is, whatever the day elsewhere', async () => {
    const opened = await booksWithInvoice()
    opened.clock.set('2026-11-21T20:59:59.999Z')
    expect(await faultsOf(record(opened, { paidOn: '2026-11-22' }))).toEqual(['/paidOn date_in_future'])
    opened.clock.set('2026-11-21T21:00:00.000Z')
    expect((await record(opened, { paidOn: '2026-11-22' })).payments[0]?.paidOn).toBe('2026-11-22')
  })
})

describe('what refuses a payment first', () => {
  const bad = { amount: tzs('0'), paidOn: 'x' }

  test('is an invoice that is not there, also because it is of another owner', async () => {
    const opened = await booksWithInvoice()
    const { books, stranger, invoice } = opened
    expect((await refusalOf(record(opened, { invoiceId: NOWHERE, version: 9, ...bad }))).code).toBe(
      'not_found',
    )
    const foreign = books.invoices.recordPayment(stranger, { invoiceId: invoice.id }, body)
    expect((await refusalOf(foreign)).code).toBe('not_found')
  })

  test('then another version', async () => {
    expect((await refusalOf(record(await booksWithInvoice(), { version: 2, ...bad }))).code).toBe(
      'concurrent_change',
    )
  })

  test('R33 then the input, and last that the invoice is paid', async () => {
    const opened = await booksWithInvoice()
    await pay(opened, '100')
    expect(await faultsOf(record(opened, { paidOn: '2026-11-22' }))).toEqual(['/paidOn date_in_future'])
    expect(await faultsOf(record(opened, { amount: tzs('0') }))).toEqual(['/amount/amount amount_invalid'])
    const before = await invoiceState(opened)
    expect(await refusalOf(record(opened, { amount: tzs('0.01') }))).toMatchObject({
      code: 'invoice_already_settled',
      details: { invoiceId: opened.invoice.id },
    })
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('or void', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    await books.invoices.void(scope, { invoiceId: invoice.id, version: 1 }, { reason: 'Wrong' })
    expect(await faultsOf(record(opened, { amount: { amount: '1', currency: 'USD' } }))).toEqual([
      '/amount/currency currency_not_allowed',
    ])
    expect((await refusalOf(record(opened))).code).toBe('invoice_void')
  })
})

describe('R33 a payment under a key', () => {
  test('is made once, and answered alike when it comes again', async () => {
    const opened = await booksWithInvoice()
    const scope = { ...opened.scope, idempotencyKey: 'pay-1' }
    const once = await record({ ...opened, scope }, { amount: tzs('100') })
    const before = await invoiceState(opened)
    expect(await record({ ...opened, scope }, { amount: tzs('100') })).toEqual(once)
    expect(await invoiceState(opened)).toEqual(before)
    expect((await refusalOf(record({ ...opened, scope }, { amount: tzs('1') }))).code).toBe(
      'idempotency_key_reused',
    )
  })
})
