import { describe, expect, test } from 'vitest'
import { at, later, paid, partlyPaid, pay, pending, voided } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import type { PaymentId } from '../ids.ts'
import { reversePayment } from '../payment/reverse-payment.ts'
import type { OpenInvoice, StandingInvoice } from './invoice.ts'
import { voidInvoice } from './void-invoice.ts'

describe('voiding an invoice', () => {
  test('says why, and tells the whole record before and after', () => {
    const invoice = pending()
    const state = { ...invoice, status: 'void', voidReason: 'Twice', version: 2, updatedAt: later }
    expect(voidInvoice(invoice, 'Twice', later)).toEqual({
      state,
      events: [
        {
          type: 'invoice.voided',
          aggregateType: 'invoice',
          aggregateId: 'bill',
          version: 2,
          at: later,
          before: invoice,
          after: state,
        },
      ],
    })
  })

  test.each([
    [1, partlyPaid()],
    [1, paid()],
    [2, pay(partlyPaid(), 1n, 'two')],
  ])('refuses while %i of its payments stand', (paymentCount, invoice) => {
    expect(refusalOf(() => voidInvoice(invoice, 'Twice', at))).toEqual({
      code: 'invoice_has_payments',
      details: { paymentCount },
    })
  })

  test('counts only the payments that stand', () => {
    const two = pay(partlyPaid(), 1n, 'two')
    const one = reversePayment(two, 'one' as PaymentId, 'Wrong', { at, by: 'amina' }).state
    expect(refusalOf(() => voidInvoice(one, 'Twice', at)).details).toEqual({ paymentCount: 1 })
    const none = reversePayment(one, 'two' as PaymentId, 'Wrong', { at, by: 'amina' }).state
    const { state } = voidInvoice(none as OpenInvoice, 'Twice', at)
    expect(state.status).toBe('void')
    expect(state.payments).toEqual(none.payments)
  })

  test('is done once', () => {
    const invoice = voided() as unknown as StandingInvoice
    expect(refusalOf(() => voidInvoice(invoice, 'Twice', at)).code).toBe('invoice_void')
  })
})
