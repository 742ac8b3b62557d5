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

function voidIt({ books, scope, invoice }: BooksWithInvoice, given: object = {}) {
  return books.invoices.void(
    scope,
    ...changeOf({ invoiceId: invoice.id, version: '*' as const }, { reason: 'Wrong' }, given),
  )
}

describe('voiding an invoice', () => {
  test('says why, and leaves nothing urgent or overdue', async () => {
    const opened = await booksWithInvoice({ dueDate: '2026-11-20' })
    expect(opened.invoice.isOverdue).toBe(true)
    opened.clock.advance(1_000)
    expect(await voidIt(opened, { version: 1, reason: ' Entered\ntwice ' })).toEqual({
      ...opened.invoice,
      status: 'void',
      voidReason: 'Entered\ntwice',
      isOverdue: false,
      urgency: null,
      version: 2,
      updatedAt: '2026-11-21T09:00:01.000Z',
    })
    const [, event] = await everyEvent(opened, opened.scope)
    expect(event).toMatchObject({
      type: 'invoice.voided',
      data: {
        before: { status: 'pending', voidReason: null },
        after: { status: 'void', voidReason: 'Entered\ntwice' },
      },
    })
  })

  test('refuses while a payment stands, however small, and changes nothing', async () => {
    const opened = await booksWithInvoice()
    const { payments } = await pay(opened, '0.01')
    const before = await invoiceState(opened)
    expect(await refusalOf(voidIt(opened))).toMatchObject({
      code: 'invoice_has_payments',
      details: { paymentCount: 1 },
      message: 'The invoice has 1 payment. Reverse all payments first.',
    })
    expect(await invoiceState(opened)).toEqual(before)
    const taken = { invoiceId: opened.invoice.id, paymentId: payments[0]?.id ?? '', version: '*' } as const
    await opened.books.invoices.reversePayment(opened.scope, taken, { reason: 'Wrong' })
    expect(await voidIt(opened)).toMatchObject({ status: 'void', paid: tzs('0.00') })
  })

  test('is done once, and for good', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    await voidIt(opened)
    const before = await invoiceState(opened)
    const target = { invoiceId: invoice.id, version: '*' } as const
    for (const answer of [
      voidIt(opened),
      pay(opened, '1'),
      books.invoices.update(scope, target, { notes: 'x' }),
      books.invoices.update(scope, target, {}),
      books.invoices.setUrgency(scope, target, { level: 'low', reason: 'x' }),
      books.invoices.clearUrgency(scope, target),
    ]) {
      expect(await refusalOf(answer)).toMatchObject({
        code: 'invoice_void',
        details: { invoiceId: invoice.id },
      })
    }
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('refuses in order: absent, no version, another version, input, payments', async () => {
    const opened = await booksWithInvoice()
    await pay(opened, '1')
    const code = async (given: object) => (await refusalOf(voidIt(opened, given))).code
    expect(await code({ invoiceId: NOWHERE, version: undefined, reason: '' })).toBe('not_found')
    expect(await code({ version: undefined, reason: '' })).toBe('precondition_required')
    expect(await code({ version: 1, reason: '' })).toBe('concurrent_change')
    expect(await faultsOf(voidIt(opened, { reason: null, why: 'x' }))).toEqual([
      '/reason text_invalid',
      '/why unknown_field',
    ])
    expect(await code({})).toBe('invoice_has_payments')
    expect((await refusalOf(voidIt({ ...opened, scope: opened.stranger }))).code).toBe('not_found')
  })
})
