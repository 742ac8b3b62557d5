import { describe, expect, test } from 'vitest'
import { alone, at, paid, payment, pending, today, voided } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import type { PaymentId } from '../ids.ts'
import { recordPayment } from '../payment/record-payment.ts'
import { reversePayment } from '../payment/reverse-payment.ts'
import { clearUrgency, overrideUrgency } from '../urgency/override-urgency.ts'
import { changeInvoice } from './change-invoice.ts'
import type { PaidInvoice, PendingInvoice, VoidInvoice } from './invoice.ts'
import { voidInvoice } from './void-invoice.ts'

const occasion = { at, by: 'amina', today }
const override = { level: 'low', reason: 'x', setBy: 'amina', setAt: at } as const
const one = 'one' as PaymentId

describe('what may not be done does not compile, and refuses where types were not asked', () => {
  test.each([
    // @ts-expect-error a paid invoice takes no payment
    ['paying a paid one', 'invoice_already_settled', () => recordPayment(paid(), payment(1n), occasion)],
    // @ts-expect-error a void invoice takes no payment
    ['paying a void one', 'invoice_void', () => recordPayment(voided(), payment(1n), occasion)],
    // @ts-expect-error a void invoice has no payment that stands
    ['reversing on a void one', 'not_found', () => reversePayment(voided(), one, 'x', occasion)],
    // @ts-expect-error a void invoice stays as it is
    ['changing a void one', 'invoice_void', () => changeInvoice(voided(), { notes: 'x' }, alone, at)],
    // @ts-expect-error an invoice is void once
    ['voiding a void one', 'invoice_void', () => voidInvoice(voided(), 'x', at)],
    // @ts-expect-error nothing is urgent about a paid invoice
    ['hurrying a paid one', 'invoice_already_settled', () => overrideUrgency(paid(), override)],
    // @ts-expect-error nothing is urgent about a void invoice
    ['hurrying a void one', 'invoice_void', () => overrideUrgency(voided(), override)],
    // @ts-expect-error nothing is urgent about a paid invoice
    ['calming a paid one', 'invoice_already_settled', () => clearUrgency(paid(), at)],
    // @ts-expect-error nothing is urgent about a void invoice
    ['calming a void one', 'invoice_void', () => clearUrgency(voided(), at)],
  ] as [string, string, () => unknown][])('%s: %s', (_, code, act) => {
    expect(refusalOf(act).code).toBe(code)
  })

  test('a payment never leaves an invoice pending, nor a reversal a paid one', () => {
    const { state: settled } = recordPayment(pending(), payment(10_000n), occasion)
    // @ts-expect-error it is partly paid or paid
    const impossible: PendingInvoice = settled
    expect(impossible.status).toBe('paid')
    const { state: undone } = reversePayment(paid(), one, 'x', occasion)
    // @ts-expect-error it is pending or partly paid
    const stillPaid: PaidInvoice = undone
    expect(stillPaid.status).toBe('pending')
  })

  test('only a void invoice says why it is', () => {
    // @ts-expect-error there is no reason where nothing is void
    expect(pending().voidReason).toBeUndefined()
    const invoice: VoidInvoice = voided()
    expect(invoice.voidReason).toBe('Entered by mistake')
    // @ts-expect-error overdue is no status
    expect(invoice.status === 'overdue').toBe(false)
  })

  test('an invoice is changed by rules alone', () => {
    const invoice = Object.freeze(pending())
    expect(() => {
      // @ts-expect-error everything about it is read-only
      invoice.status = 'paid'
    }).toThrow(TypeError)
  })
})
