import type { CreateInvoiceInput, RecordPaymentInput } from '@daftari/application'
import { type Invoice, type InvoiceEvent, money, type Payment, type PendingInvoice } from '@daftari/domain'
import { fact, type RecordChange } from '../kernel/fact.ts'
import { freshId, on, recorded } from '../kernel/fresh.ts'

/** A pending invoice of TSh 250,000. */
export function anInvoice(overrides: Partial<PendingInvoice> = {}): PendingInvoice {
  const id = freshId<PendingInvoice['id']>()
  const total = overrides.total ?? money.of(250_000_00n, 'TZS')
  return {
    id,
    supplier: { name: 'Kilimo Supplies Ltd', taxId: null, iban: null },
    number: `INV-${id}`,
    issueDate: null,
    dueDate: on('2026-12-20'),
    total,
    subtotal: null,
    tax: null,
    notes: null,
    attachmentIds: [],
    duplicateReason: null,
    status: 'pending',
    payments: [],
    paid: money.zero(total.currency),
    urgencyOverride: null,
    ...recorded,
    ...overrides,
  }
}

/** A payment of TSh 50,000 that stands. */
export function aPayment(overrides: Partial<Payment> = {}): Payment {
  const { version: _, ...occasion } = recorded
  return {
    id: freshId(),
    amount: money.of(50_000_00n, 'TZS'),
    paidOn: on('2026-11-21'),
    method: 'bank',
    reference: null,
    reversal: null,
    ...occasion,
    ...overrides,
  }
}

/** TSh 250,000, under a number of its own. */
export function anInvoiceInput(overrides: Partial<CreateInvoiceInput> = {}): CreateInvoiceInput {
  return {
    supplier: { name: 'Kilimo Supplies Ltd' },
    number: `INV-${freshId()}`,
    dueDate: '2026-12-20',
    total: { amount: '250000.00', currency: 'TZS' },
    ...overrides,
  }
}

export function aPaymentInput(overrides: Partial<RecordPaymentInput> = {}): RecordPaymentInput {
  return {
    amount: { amount: '50000.00', currency: 'TZS' },
    paidOn: '2026-01-15',
    method: 'bank',
    ...overrides,
  }
}

export function invoiceEvent(type: InvoiceEvent['type'], change: RecordChange<Invoice>): InvoiceEvent {
  return fact(type, 'invoice', change)
}
