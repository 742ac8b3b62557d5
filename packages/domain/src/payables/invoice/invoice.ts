import type { AttachmentId } from '../../files/ids.ts'
import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import { type Fact, updated } from '../../kernel/events/fact.ts'
import type { Recorded } from '../../kernel/identity/recorded.ts'
import { type Money, subtract } from '../../kernel/money/money.ts'
import type { InvoiceId } from '../ids.ts'
import type { Payment } from '../payment/payment.ts'
import type { Supplier } from '../supplier/supplier.ts'
import type { UrgencyOverride } from '../urgency/urgency.ts'

/** The fields of an invoice that the owner enters. */
export interface InvoiceFacts {
  readonly supplier: Supplier
  readonly number: string
  readonly issueDate: LocalDate | null
  readonly dueDate: LocalDate
  readonly total: Money
  readonly subtotal: Money | null
  readonly tax: Money | null
  readonly notes: string | null
  readonly attachmentIds: readonly AttachmentId[]
  /** The reason why this invoice is not a duplicate of another one with the same supplier and number. */
  readonly duplicateReason: string | null
}

interface InvoiceRecord extends Recorded, InvoiceFacts {
  readonly id: InvoiceId
  readonly payments: readonly Payment[]
  /** The sum of the payments that are not reversed. */
  readonly paid: Money
  readonly urgencyOverride: UrgencyOverride | null
}

export interface PendingInvoice extends InvoiceRecord {
  readonly status: 'pending'
}
export interface PartlyPaidInvoice extends InvoiceRecord {
  readonly status: 'partly_paid'
}
export interface PaidInvoice extends InvoiceRecord {
  readonly status: 'paid'
}
export interface VoidInvoice extends InvoiceRecord {
  readonly status: 'void'
  readonly voidReason: string
}

/** A supplier's bill to the owner. `overdue` is not a status and is never stored, because it follows from the due date. */
export type Invoice = PendingInvoice | PartlyPaidInvoice | PaidInvoice | VoidInvoice
/** An invoice that still has to be paid. */
export type OpenInvoice = PendingInvoice | PartlyPaidInvoice
/** An invoice that is not void. */
export type StandingInvoice = OpenInvoice | PaidInvoice
export type InvoiceStatus = Invoice['status']

export type InvoiceEvent = Fact<
  | 'invoice.registered'
  | 'invoice.updated'
  | 'invoice.payment_recorded'
  | 'invoice.payment_reversed'
  | 'invoice.paid'
  | 'invoice.voided'
  | 'invoice.urgency_overridden'
  | 'invoice.urgency_cleared',
  'invoice',
  Invoice
>

export function balanceOf({ total, paid }: Pick<Invoice, 'total' | 'paid'>): Money {
  return subtract(total, paid)
}

export function isOpen(invoice: Invoice): invoice is OpenInvoice {
  return invoice.status === 'pending' || invoice.status === 'partly_paid'
}

/** Whether the invoice is open and its due date is before today in the owner's time zone. */
export function isOverdue(invoice: Invoice, today: LocalDate): boolean {
  return isOpen(invoice) && invoice.dueDate < today
}

/** @throws invoice_void */
export function requireStanding(invoice: Invoice): StandingInvoice {
  if (invoice.status === 'void') throw new DomainError('invoice_void', { invoiceId: invoice.id })
  return invoice
}

/** @throws invoice_void, invoice_already_settled */
export function requireOpen(invoice: Invoice): OpenInvoice {
  const standing = requireStanding(invoice)
  if (standing.status === 'paid') throw new DomainError('invoice_already_settled', { invoiceId: invoice.id })
  return standing
}

/** The event of a change from one state of an invoice to the next. */
export function became(type: InvoiceEvent['type'], before: Invoice, after: Invoice): InvoiceEvent {
  return updated(type, 'invoice', before, after)
}
