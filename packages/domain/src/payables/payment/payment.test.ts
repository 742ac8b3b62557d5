import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { later, paid, partlyPaid, pay, payment, pending, today, tzs, voided } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import { addDays } from '../../kernel/calendar/local-date.ts'
import { of } from '../../kernel/money/money.ts'
import type { PaymentId } from '../ids.ts'
import {
  balanceOf,
  type Invoice,
  isOpen,
  type OpenInvoice,
  type StandingInvoice,
} from '../invoice/invoice.ts'
import { PAYMENT_METHODS } from './payment.ts'
import { recordPayment, refuseBadPayment } from './record-payment.ts'
import { findPayment, reversePayment } from './reverse-payment.ts'

const occasion = { at: later, by: 'bakari', today }
const id = (text: string): PaymentId => text as PaymentId
const recorded = (given: object) => ({
  ...payment(4_000n),
  createdAt: later,
  createdBy: 'bakari',
  updatedAt: later,
  reversal: null,
  ...given,
})
const fact = (type: string, before: Invoice, after: object) => ({
  type,
  aggregateType: 'invoice',
  aggregateId: 'bill',
  version: before.version + 1,
  at: later,
  before,
  after,
})

test('money moves by cash, bank, mobile money, card or cheque', () => {
  expect(PAYMENT_METHODS).toEqual(['cash', 'bank', 'mobile_money', 'card', 'cheque'])
})

describe('recording a payment', () => {
  test('of a part is one fact, and the invoice is partly paid', () => {
    const invoice = pending()
    const state = {
      ...invoice,
      status: 'partly_paid',
      payments: [recorded({})],
      paid: tzs(4_000n),
      version: 2,
      updatedAt: later,
    }
    expect(recordPayment(invoice, payment(4_000n), occasion)).toEqual({
      state,
      events: [fact('invoice.payment_recorded', invoice, state)],
    })
  })

  test('of the rest is two facts, each the next version, and the invoice is paid', () => {
    const invoice = partlyPaid()
    const rest = recorded({ id: 'two', amount: tzs(6_000n) })
    const partly = {
      ...invoice,
      payments: [...invoice.payments, rest],
      paid: tzs(10_000n),
      version: 3,
      updatedAt: later,
    }
    const state = { ...partly, status: 'paid', version: 4 }
    expect(recordPayment(invoice, payment(6_000n, 'two'), occasion)).toEqual({
      state,
      events: [
        fact('invoice.payment_recorded', invoice, partly),
        fact('invoice.paid', partly as Invoice, state),
      ],
    })
  })

  test.each([
    [9_999n, 'partly_paid'],
    [10_000n, 'paid'],
  ])('of %i of 10000 cents makes it %s', (amountMinor, status) => {
    expect(pay(pending(), amountMinor).status).toBe(status)
  })

  test('refuses more than the balance, which it names', () => {
    expect(refusalOf(() => recordPayment(partlyPaid(), payment(6_001n), occasion))).toEqual({
      code: 'payment_exceeds_balance',
      details: { balance: '60.00', currency: 'TZS' },
    })
  })

  test.each([
    ['A4 a paid one, however small the payment', 'invoice_already_settled', paid()],
    ['a void one', 'invoice_void', voided()],
  ])('refuses on %s', (_, code, invoice) => {
    const open = invoice as unknown as OpenInvoice
    expect(refusalOf(() => recordPayment(open, payment(1n), occasion))).toEqual({
      code,
      details: { invoiceId: 'bill' },
    })
  })

  test.each([pending(), paid(), voided()])('tells all that is wrong, also of a $status one', (invoice) => {
    const bad = payment(0n, 'one', { amount: of(0n, 'USD'), paidOn: addDays(today, 1) })
    const refusal = {
      code: 'validation_failed',
      details: {
        errors: [
          { pointer: '/amount/currency', code: 'currency_not_allowed', detail: 'the invoice is in TZS' },
          {
            pointer: '/amount/amount',
            code: 'amount_invalid',
            detail: 'the amount must be greater than zero',
          },
          {
            pointer: '/paidOn',
            code: 'date_in_future',
            detail: '2026-11-22 is after today, 2026-11-21',
          },
        ],
      },
    }
    expect(refusalOf(() => refuseBadPayment(invoice, bad, today))).toEqual(refusal)
    expect(refusalOf(() => recordPayment(invoice as OpenInvoice, bad, occasion))).toEqual(refusal)
  })

  test.each([-1n, 0n])('refuses %i cents', (amountMinor) => {
    expect(refusalOf(() => refuseBadPayment(pending(), payment(amountMinor), today)).code).toBe(
      'validation_failed',
    )
  })

  test.each([0, -400])('may be for %i days from today', (offset) => {
    const given = payment(1n, 'one', { paidOn: addDays(today, offset) })
    expect(() => refuseBadPayment(pending(), given, today)).not.toThrow()
  })
})

describe('reversing a payment', () => {
  const reversal = { reason: 'Bounced', at: later, by: 'bakari' }
  const undo = { at: later, by: 'bakari' }

  test('keeps it with who, when and why, and the last one leaves the invoice pending', () => {
    const invoice = partlyPaid()
    const state = {
      ...invoice,
      status: 'pending',
      payments: [{ ...invoice.payments[0], updatedAt: later, reversal }],
      paid: tzs(0n),
      version: 3,
      updatedAt: later,
    }
    expect(reversePayment(invoice, id('one'), 'Bounced', undo)).toEqual({
      state,
      events: [fact('invoice.payment_reversed', invoice, state)],
    })
  })

  test('of one of several leaves it partly paid, and the others as they were', () => {
    const invoice = pay(partlyPaid(), 6_000n, 'two')
    const { state } = reversePayment(invoice, id('one'), 'Bounced', undo)
    expect([invoice.status, state.status, state.paid]).toEqual(['paid', 'partly_paid', tzs(6_000n)])
    expect(state.payments.map(({ reversal: taken }) => taken)).toEqual([reversal, null])
    expect(state.payments[1]).toBe(invoice.payments[1])
  })

  test('opens a paid invoice again for what was taken back', () => {
    const { state } = reversePayment(paid(), id('one'), 'Bounced', undo)
    expect(pay(state, 10_000n, 'two').status).toBe('paid')
  })

  test('is done once', () => {
    const { state } = reversePayment(paid(), id('one'), 'Bounced', undo)
    expect(refusalOf(() => reversePayment(state as StandingInvoice, id('one'), 'Bounced', undo))).toEqual({
      code: 'payment_already_reversed',
      details: { paymentId: 'one' },
    })
  })

  test('of another invoice finds nothing', () => {
    const invoice = paid()
    expect(findPayment(invoice, id('one'))).toBe(invoice.payments[0])
    expect(findPayment(paid(), id('two'))).toBeNull()
    expect(refusalOf(() => reversePayment(paid(), id('two'), 'Bounced', undo))).toEqual({
      code: 'not_found',
      details: { kind: 'payment', id: 'two' },
    })
  })
})

describe('whatever is paid and taken back in whatever order', () => {
  type Step = { readonly pay: bigint } | { readonly reverse: number }
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ pay: fc.bigInt({ min: 1n, max: 12_000n }) }),
    fc.record({ reverse: fc.nat({ max: 20 }) }),
  )

  function take(invoice: StandingInvoice, one: Step, index: number): StandingInvoice {
    try {
      return 'pay' in one
        ? recordPayment(invoice as OpenInvoice, payment(one.pay, `p${index}`), occasion).state
        : reversePayment(invoice, id(`p${one.reverse}`), 'Wrong', occasion).state
    } catch {
      return invoice
    }
  }

  const steps = fc.array(step, { maxLength: 30 })

  test('what stands is what is paid, never more than the total, and decides the status', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const invoice = list.reduce(take, pending() as StandingInvoice)
        const standing = invoice.payments.filter(({ reversal }) => reversal === null)
        const paidMinor = standing.reduce((sum, { amount }) => sum + amount.amountMinor, 0n)
        expect(invoice.paid).toEqual(tzs(paidMinor))
        expect(balanceOf(invoice)).toEqual(tzs(10_000n - paidMinor))
        expect(paidMinor).toBeLessThanOrEqual(10_000n)
        expect(invoice.status).toBe(
          paidMinor === 0n ? 'pending' : paidMinor === 10_000n ? 'paid' : 'partly_paid',
        )
      }),
    )
  })

  test('a payment that is taken back at once restores what was paid, the status and the balance', () => {
    fc.assert(
      fc.property(steps, fc.bigInt({ min: 1n, max: 10_000n }), (list, amountMinor) => {
        const invoice = list.reduce(take, pending() as StandingInvoice)
        fc.pre(isOpen(invoice) && balanceOf(invoice).amountMinor >= amountMinor)
        const more = recordPayment(invoice as OpenInvoice, payment(amountMinor, 'extra'), occasion).state
        const back = reversePayment(more, id('extra'), 'Wrong', occasion).state
        expect([back.status, back.paid, balanceOf(back)]).toEqual([
          invoice.status,
          invoice.paid,
          balanceOf(invoice),
        ])
        expect(back.payments.slice(0, -1)).toEqual(invoice.payments)
      }),
    )
  })
})
