import { describe, expect, test } from 'vitest'
import { alone, at, facts, paid, partlyPaid, pending, today, tzs, voided } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import { addDays } from '../../kernel/calendar/local-date.ts'
import { of } from '../../kernel/money/money.ts'
import type { InvoiceId } from '../ids.ts'
import { balanceOf, isOpen, isOverdue, requireOpen, requireStanding } from './invoice.ts'
import { registerInvoice } from './register-invoice.ts'

describe('registering an invoice', () => {
  test('A8 gives its first version, pending and unpaid, and says so in one fact without a before', () => {
    const state = {
      id: 'bill',
      ...facts,
      status: 'pending',
      payments: [],
      paid: tzs(0n),
      urgencyOverride: null,
      version: 1,
      createdAt: at,
      createdBy: 'amina',
      updatedAt: at,
    }
    expect(registerInvoice({ id: 'bill' as InvoiceId, ...facts, at, by: 'amina' }, alone)).toEqual({
      state,
      events: [
        {
          type: 'invoice.registered',
          aggregateType: 'invoice',
          aggregateId: 'bill',
          version: 1,
          at,
          before: null,
          after: state,
        },
      ],
    })
  })

  test('R26 counts what is paid in the currency of the bill', () => {
    expect(pending({ total: of(5n, 'USD') }).paid).toEqual(of(0n, 'USD'))
  })

  test('A2 refuses one for nothing, before it looks for twins', () => {
    expect(
      refusalOf(() =>
        registerInvoice(
          { id: 'new' as InvoiceId, ...facts, total: tzs(0n), at, by: 'amina' },
          { ...alone, sameNumber: [pending()] },
        ),
      ).code,
    ).toBe('validation_failed')
  })
})

test('the balance is what is left to pay', () => {
  expect(balanceOf(pending())).toEqual(tzs(10_000n))
  expect(balanceOf(partlyPaid())).toEqual(tzs(6_000n))
  expect(balanceOf(paid())).toEqual(tzs(0n))
})

describe('R16 overdue follows from the date', () => {
  test.each([
    [-1, true],
    [0, false],
    [1, false],
  ])('%i days before it is due', (left, overdue) => {
    expect(isOverdue(pending({ dueDate: addDays(today, left) }), today)).toBe(overdue)
    expect(isOverdue({ ...partlyPaid(), dueDate: addDays(today, left) }, today)).toBe(overdue)
  })

  test.each([paid(), voided()])('and is nothing that is $status', (invoice) => {
    expect(isOverdue({ ...invoice, dueDate: addDays(today, -1) }, today)).toBe(false)
  })

  test('A35 of two invoices, 10 days before and after today, exactly one is', () => {
    const two = [-10, 10].map((left) => pending({ dueDate: addDays(today, left) }))
    expect(two.map((invoice) => isOverdue(invoice, today))).toEqual([true, false])
  })
})

describe('what may still be done', () => {
  test('depends on whether it is open', () => {
    expect([pending(), partlyPaid(), paid(), voided()].map(isOpen)).toEqual([true, true, false, false])
  })

  test.each([pending(), partlyPaid()])('is anything with a $status one', (invoice) => {
    expect(requireOpen(invoice)).toBe(invoice)
    expect(requireStanding(invoice)).toBe(invoice)
  })

  test('R33 is no payment of a paid one, which still stands', () => {
    const invoice = paid()
    expect(requireStanding(invoice)).toBe(invoice)
    expect(refusalOf(() => requireOpen(invoice))).toEqual({
      code: 'invoice_already_settled',
      details: { invoiceId: 'bill' },
    })
  })

  test.each([requireOpen, requireStanding])('is nothing with a void one, says $name', (require) => {
    expect(refusalOf(() => require(voided()))).toEqual({
      code: 'invoice_void',
      details: { invoiceId: 'bill' },
    })
  })
})
