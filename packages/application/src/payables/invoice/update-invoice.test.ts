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

const supplier = { name: 'Tanesco', taxId: '100', iban: 'GB82WEST12345698765432' }
const full = {
  supplier,
  issueDate: '2026-11-20',
  subtotal: tzs('90'),
  tax: tzs('10'),
  notes: 'Umeme',
  duplicateReason: 'Two meters',
}

function change({ books, scope, invoice }: BooksWithInvoice, fields: object) {
  return books.invoices.update(
    scope,
    ...changeOf({ invoiceId: invoice.id, version: invoice.version }, {}, fields),
  )
}

describe('changing an invoice', () => {
  test('keeps what is not given, and tells before and after', async () => {
    const opened = await booksWithInvoice(full)
    opened.clock.advance(1_000)
    const changed = await change(opened, { dueDate: '2026-11-26', notes: 'Maji' })
    expect(changed).toEqual({
      ...opened.invoice,
      dueDate: '2026-11-26',
      notes: 'Maji',
      urgency: { ...opened.invoice.urgency, level: 'critical', rank: 2, daysUntilDue: 5 },
      version: 2,
      updatedAt: '2026-11-21T09:00:01.000Z',
    })
    const [, event] = await everyEvent(opened, opened.scope)
    expect(event).toMatchObject({
      type: 'invoice.updated',
      aggregateversion: 2,
      time: '2026-11-21T09:00:01.000Z',
      data: { before: { notes: 'Umeme', version: 1 }, after: { notes: 'Maji', version: 2 } },
    })
  })

  test('A35 changes the amount by the rules: 500 is taken, nothing is refused', async () => {
    const opened = await booksWithInvoice()
    expect(await change(opened, { total: tzs('500') })).toMatchObject({
      total: tzs('500.00'),
      balance: tzs('500.00'),
      version: 2,
    })
    expect(await faultsOf(change(opened, { version: 2, total: tzs('0') }))).toEqual([
      '/total/amount amount_invalid',
    ])
  })

  test.each([
    [{ name: 'Dawasa' }, { ...supplier, name: 'Dawasa' }],
    [{ taxId: '200' }, { ...supplier, taxId: '200' }],
    [{ taxId: null }, { ...supplier, taxId: null }],
    [{ iban: null }, { ...supplier, iban: null }],
    [
      { iban: null, name: undefined, taxId: undefined },
      { ...supplier, iban: null },
    ],
  ])('merges the supplier: %j', async (given, expected) => {
    expect((await change(await booksWithInvoice(full), { supplier: given })).supplier).toEqual(expected)
  })

  test.each(['issueDate', 'subtotal', 'tax', 'notes', 'duplicateReason'])(
    'clears %s by null',
    async (field) => {
      const opened = await booksWithInvoice(full)
      expect(await change(opened, { [field]: null })).toEqual({
        ...opened.invoice,
        [field]: null,
        version: 2,
      })
    },
  )

  test.each([
    ['supplier', '/supplier text_invalid'],
    ['number', '/number text_invalid'],
    ['dueDate', '/dueDate date_invalid'],
    ['total', '/total amount_invalid'],
  ])('cannot clear %s', async (field, fault) => {
    expect(await faultsOf(change(await booksWithInvoice(), { [field]: null }))).toEqual([fault])
  })

  test('cannot clear the name of the supplier', async () => {
    const faults = await faultsOf(change(await booksWithInvoice(), { supplier: { name: null } }))
    expect(faults).toEqual(['/supplier/name name_invalid'])
  })

  test.each([
    {},
    full,
    { total: tzs('100') },
    { supplier: {} },
    { supplier: { taxId: '100' }, dueDate: '2026-12-05', number: ' INV-1 ' },
    { attachmentIds: [] },
    { attachmentIds: null },
    { notes: undefined, total: undefined, supplier: undefined },
  ])('to what it says already answers with the same version and leaves no trace: %j', async (fields) => {
    const opened = await booksWithInvoice(full)
    const before = await invoiceState(opened)
    opened.clock.advance(60_000)
    expect(await change(opened, fields)).toEqual(opened.invoice)
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('judges the amounts together with those that stay', async () => {
    const opened = await booksWithInvoice(full)
    expect(await faultsOf(change(opened, { tax: tzs('10.01') }))).toEqual(['/total totals_do_not_add_up'])
    expect(await faultsOf(change(opened, { total: { amount: '100', currency: 'USD' } }))).toEqual([
      '/subtotal/currency currency_not_allowed',
      '/tax/currency currency_not_allowed',
    ])
    expect((await change(opened, { total: tzs('101'), tax: tzs('11') })).balance).toEqual(tzs('101.00'))
  })

  test('may change the currency while nothing was paid', async () => {
    const changed = await change(await booksWithInvoice(), { total: { amount: '7', currency: 'UGX' } })
    expect([changed.paid, changed.balance]).toEqual([
      { amount: '0', currency: 'UGX' },
      { amount: '7', currency: 'UGX' },
    ])
  })

  test('F74 refuses fields there are not, each by its name', async () => {
    const fields = { status: 'paid', ownerId: 'x', supplier: { id: 'x' }, payments: [] }
    expect(await faultsOf(change(await booksWithInvoice(), fields))).toEqual([
      '/supplier/id unknown_field',
      '/status unknown_field',
      '/ownerId unknown_field',
      '/payments unknown_field',
    ])
  })
})

describe('amounts', () => {
  test.each([
    { total: tzs('101') },
    { subtotal: tzs('100') },
    { tax: tzs('0') },
    { total: { amount: '100', currency: 'USD' } },
  ])('freeze with the first payment, for good, also when it was taken back: %j', async (fields) => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    const once = await pay(opened, '100')
    const frozen = { code: 'amount_frozen', details: { invoiceId: invoice.id } }
    expect(await refusalOf(change(opened, { version: '*', ...fields }))).toMatchObject(frozen)
    const payment = { invoiceId: invoice.id, paymentId: once.payments[0]?.id ?? '' }
    const back = await books.invoices.reversePayment(
      scope,
      { ...payment, version: '*' },
      { reason: 'Bounced' },
    )
    expect(back.status).toBe('pending')
    const before = await invoiceState(opened)
    expect(await refusalOf(change(opened, { version: '*', ...fields }))).toMatchObject(frozen)
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('and nothing else does', async () => {
    const opened = await booksWithInvoice()
    const settled = await pay(opened, '100')
    const fields = { number: 'INV-2', notes: 'x', dueDate: '2026-01-01', total: tzs('100.00') }
    expect(await change(opened, { version: settled.version, ...fields })).toMatchObject({
      ...fields,
      status: 'paid',
      paid: tzs('100.00'),
      urgency: null,
      isOverdue: false,
      version: 4,
    })
  })
})

describe('what refuses first', () => {
  const bad = { total: tzs('0'), attachmentIds: [NOWHERE] }

  test('is an invoice that is not there', async () => {
    const opened = await booksWithInvoice()
    for (const invoiceId of [NOWHERE, 'x']) {
      const answer = change(opened, { invoiceId, version: undefined, ...bad })
      expect(await refusalOf(answer)).toMatchObject({
        code: 'not_found',
        details: { kind: 'invoice', id: invoiceId },
      })
    }
    const foreign = opened.books.invoices.update(opened.stranger, { invoiceId: opened.invoice.id }, bad)
    expect((await refusalOf(foreign)).code).toBe('not_found')
  })

  test('then a version that is not given, or is another', async () => {
    const opened = await booksWithInvoice()
    await change(opened, { notes: 'x' })
    const details = { kind: 'invoice', id: opened.invoice.id }
    expect(await refusalOf(change(opened, { version: undefined, ...bad }))).toMatchObject({
      code: 'precondition_required',
      details,
    })
    for (const version of [1, 3, 0]) {
      expect(await refusalOf(change(opened, { version, ...bad }))).toMatchObject({
        code: 'concurrent_change',
        details,
      })
    }
  })

  test('then the input, then files that are not there, and last the state of the books', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    await books.invoices.void(scope, { invoiceId: invoice.id, version: 1 }, { reason: 'Wrong' })
    const again = (fields: object) => refusalOf(change(opened, { version: 2, ...fields }))
    expect((await again(bad)).code).toBe('validation_failed')
    expect((await again({ notes: 5 })).code).toBe('validation_failed')
    expect((await again({ attachmentIds: [NOWHERE] })).code).toBe('attachment_not_found')
    expect(await again({ notes: 'x' })).toMatchObject({
      code: 'invoice_void',
      details: { invoiceId: invoice.id },
    })
  })

  test('a frozen amount comes before a twin', async () => {
    const opened = await booksWithInvoice()
    await opened.books.invoices.create(opened.scope, bill({ number: 'INV-2' }))
    await pay(opened, '1')
    const fields = { version: 2, number: 'INV-2', total: tzs('5') }
    expect((await refusalOf(change(opened, fields))).code).toBe('amount_frozen')
  })
})

describe('F16 two changes of the same version', () => {
  test('at once: one is made, the other refused', async () => {
    const opened = await booksWithInvoice()
    const answers = await Promise.allSettled([change(opened, { notes: 'a' }), change(opened, { notes: 'b' })])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = answers.find((answer) => answer.status === 'rejected')
    expect(lost?.reason.code).toBe('concurrent_change')
    const events = await everyEvent(opened, opened.scope)
    expect(events.map(({ aggregateversion }) => aggregateversion)).toEqual([1, 2])
  })
})
