import { describe, expect, test } from 'vitest'
import {
  alone,
  at,
  facts,
  later,
  paid,
  partlyPaid,
  pending,
  today,
  tzs,
  voided,
} from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import type { AttachmentId } from '../../files/ids.ts'
import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import { of } from '../../kernel/money/money.ts'
import type { PaymentId } from '../ids.ts'
import { reversePayment } from '../payment/reverse-payment.ts'
import type { Supplier } from '../supplier/supplier.ts'
import { changeInvoice } from './change-invoice.ts'
import type { InvoiceFacts, OpenInvoice, StandingInvoice } from './invoice.ts'

const full: InvoiceFacts = {
  ...facts,
  supplier: { name: 'Tanesco', taxId: '100-123-456', iban: 'GB82WEST12345698765432' },
  subtotal: tzs(9_000n),
  tax: tzs(1_000n),
  notes: 'Umeme',
  attachmentIds: ['a', 'b'] as AttachmentId[],
  duplicateReason: 'Two meters',
}
const bare = (name: string): Supplier => ({ name, taxId: null, iban: null })
const files = (...ids: string[]): AttachmentId[] => ids as AttachmentId[]

const changes: readonly [string, Partial<InvoiceFacts>][] = [
  ['the name of the supplier', { supplier: { ...full.supplier, name: 'TANESCO' } }],
  ['the tax id of the supplier', { supplier: { ...full.supplier, taxId: null } }],
  ['the IBAN of the supplier', { supplier: { ...full.supplier, iban: null } }],
  ['the number', { number: 'inv-1' }],
  ['the issue date', { issueDate: null }],
  ['the due date', { dueDate: '2026-12-06' as LocalDate }],
  ['the notes', { notes: null }],
  ['a file less', { attachmentIds: files('a') }],
  ['a file more', { attachmentIds: files('a', 'b', 'c') }],
  ['another file', { attachmentIds: files('a', 'c') }],
  ['the order of files', { attachmentIds: files('b', 'a') }],
  ['the reason why it is no duplicate', { duplicateReason: 'Three meters' }],
]
const amounts: readonly [string, Partial<InvoiceFacts>][] = [
  ['the amounts', { total: tzs(9_001n), tax: tzs(1n) }],
  ['the total, of which only parts are told', { total: tzs(10_001n), tax: null }],
  ['the subtotal', { subtotal: null }],
  ['the tax', { tax: null }],
  ['the split', { subtotal: tzs(8_999n), tax: tzs(1_001n) }],
  ['the currency', { total: of(10_000n, 'USD'), subtotal: of(9_000n, 'USD'), tax: of(1_000n, 'USD') }],
]

describe('changing an invoice', () => {
  test.each([...changes, ...amounts])(
    '%s is one fact with the whole record before and after',
    (_, change) => {
      const invoice = pending(full)
      const currency = change.total?.currency ?? 'TZS'
      const state = { ...invoice, ...change, paid: of(0n, currency), version: 2, updatedAt: later }
      expect(changeInvoice(invoice, change, alone, later)).toEqual({
        state,
        events: [
          {
            type: 'invoice.updated',
            aggregateType: 'invoice',
            aggregateId: 'bill',
            version: 2,
            at: later,
            before: invoice,
            after: state,
          },
        ],
      })
    },
  )

  test.each([
    {},
    full,
    { total: tzs(10_000n), subtotal: tzs(9_000n), tax: tzs(1_000n) },
    { attachmentIds: files('a', 'b') },
    { supplier: { ...full.supplier } },
  ])('to what it says already is no fact: %#', (change) => {
    const invoice = pending(full)
    const { state, events } = changeInvoice(
      invoice,
      change,
      { ...alone, sameNumber: [pending(full, 'twin')] },
      later,
    )
    expect(state).toBe(invoice)
    expect(events).toEqual([])
  })

  test('A7 judges the amounts anew, and refuses totals that do not add up', () => {
    expect(refusalOf(() => changeInvoice(pending(full), { total: tzs(9_999n) }, alone, at)).details).toEqual({
      errors: [expect.objectContaining({ pointer: '/total', code: 'totals_do_not_add_up' })],
    })
  })

  test('of a void one refuses, after its input was judged', () => {
    const invoice = voided() as unknown as StandingInvoice
    expect(refusalOf(() => changeInvoice(invoice, { notes: 'x' }, alone, at)).code).toBe('invoice_void')
    expect(refusalOf(() => changeInvoice(invoice, { total: tzs(0n) }, alone, at)).code).toBe(
      'validation_failed',
    )
  })
})

describe('amounts freeze', () => {
  const undone = reversePayment(partlyPaid(), 'one' as PaymentId, 'Wrong', { at, by: 'amina' }).state
  const frozen: readonly StandingInvoice[] = [partlyPaid(), paid(), undone as OpenInvoice]

  test.each(frozen)('with the first payment, for good: $status, version $version', (invoice) => {
    for (const change of [
      { total: tzs(10_001n) },
      { subtotal: tzs(10_000n) },
      { tax: tzs(0n) },
      { total: of(10_000n, 'USD') },
    ]) {
      expect(refusalOf(() => changeInvoice(invoice, change, alone, at))).toEqual({
        code: 'amount_frozen',
        details: { invoiceId: 'bill' },
      })
    }
  })

  test.each(frozen)('and nothing else does, nor what is paid: $status, version $version', (invoice) => {
    const change = { number: 'INV-2', dueDate: today, notes: 'x', total: tzs(10_000n) }
    const { state } = changeInvoice(invoice, change, alone, later)
    expect(state).toEqual({ ...invoice, ...change, version: invoice.version + 1, updatedAt: later })
  })
})

test('a change that names a file that is not there is refused, before the state of the invoice is looked at', () => {
  for (const invoice of [pending(full), voided()] as StandingInvoice[]) {
    const change = { attachmentIds: files('a', 'x') }
    expect(refusalOf(() => changeInvoice(invoice, change, alone, at))).toEqual({
      code: 'attachment_not_found',
      details: { attachmentId: 'x' },
    })
  }
})

describe('a change that makes it look like another', () => {
  const twin = pending(full, 'twin')
  const judged: readonly Partial<InvoiceFacts>[] = [
    { duplicateReason: null },
    { number: 'INV - 1', duplicateReason: null },
    { supplier: { name: 'Tanesco', taxId: null, iban: null }, duplicateReason: null },
  ]

  test.each(judged)('refuses and names the twin: %j', (change) => {
    expect(
      refusalOf(() => changeInvoice(pending(full), change, { ...alone, sameNumber: [twin] }, at)),
    ).toEqual({
      code: 'invoice_probable_duplicate',
      details: { twinId: 'twin', number: 'INV-1' },
    })
  })

  test.each([
    ['the number', { number: 'X' }, { number: 'inv-1' }],
    ['the name', { supplier: bare('Dawasa') }, { supplier: bare('TANESCO') }],
    [
      'the tax id',
      { supplier: { ...bare('T'), taxId: '1' } },
      { supplier: { ...bare('T'), taxId: '100123456' } },
    ],
    ['the loss of a tax id', { supplier: { ...bare('Tanesco'), taxId: '1' } }, { supplier: bare('Tanesco') }],
  ])('refuses where it had no reason before: %s', (_, before, change) => {
    expect(
      refusalOf(() => changeInvoice(pending(before), change, { ...alone, sameNumber: [twin] }, at)).code,
    ).toBe('invoice_probable_duplicate')
  })

  test.each([
    [{ number: 'INV-2' }, full],
    [{ duplicateReason: 'Three meters' }, full],
    [{ notes: 'x' }, facts],
    [{ dueDate: today }, facts],
    [{ supplier: { ...facts.supplier, iban: 'GB82WEST12345698765432' } }, facts],
    [{ total: tzs(5n) }, facts],
  ])('and is none where it says why, or where nothing that tells them apart changed: %#', (change, said) => {
    expect(changeInvoice(pending(said), change, { ...alone, sameNumber: [twin] }, at).events).toHaveLength(1)
  })
})
