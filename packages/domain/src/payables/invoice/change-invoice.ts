import { type Attachment, isSameList, requireAttachments } from '../../files/references.ts'
import type { Instant } from '../../kernel/calendar/instant.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import { type Decision, unchanged } from '../../kernel/events/decision.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import { equals, type Money, zero } from '../../kernel/money/money.ts'
import { refuseDuplicate } from './duplicate.ts'
import {
  became,
  type Invoice,
  type InvoiceEvent,
  type InvoiceFacts,
  requireStanding,
  type StandingInvoice,
} from './invoice.ts'
import { refuseBadTotals } from './invoice-totals.ts'

/** The records that the rules compare an invoice with before it is registered or changed. */
export interface BillSurroundings {
  /** The invoices that are not void and have the same number key as the new state of the invoice. */
  readonly sameNumber: readonly Invoice[]
  /** Those of the files that the invoice refers to that exist. */
  readonly files: readonly Attachment[]
}

type Changed = Decision<StandingInvoice, InvoiceEvent>

/**
 * Changes the given fields of an invoice; other fields stay. Amounts cannot change after the first payment, even when
 * that payment was reversed. Use `decideChange` when the status of the invoice is not known at compile time.
 * @throws validation_failed, attachment_not_found, invoice_void, amount_frozen, invoice_probable_duplicate
 */
export const changeInvoice: (
  invoice: StandingInvoice,
  change: Partial<InvoiceFacts>,
  surroundings: BillSurroundings,
  at: Instant,
) => Changed = decideChange

/** @throws validation_failed, attachment_not_found, invoice_void, amount_frozen, invoice_probable_duplicate */
export function decideChange(
  given: Invoice,
  change: Partial<InvoiceFacts>,
  { sameNumber, files }: BillSurroundings,
  at: Instant,
): Changed {
  refuseBadTotals({ ...given, ...change })
  requireAttachments(change.attachmentIds ?? [], files, at)
  const invoice = requireStanding(given)
  const changed = { ...invoice, ...change }
  if (isSame(invoice, changed)) return unchanged(invoice)
  if (invoice.payments.length > 0 && !hasSameAmounts(invoice, changed)) {
    throw new DomainError('amount_frozen', { invoiceId: invoice.id })
  }
  if (!hasSameIdentity(invoice, changed)) refuseDuplicate(changed, sameNumber)
  const paid = invoice.payments.length > 0 ? invoice.paid : zero(changed.total.currency)
  const state: StandingInvoice = nextVersion({ ...changed, paid }, at)
  return { state, events: [became('invoice.updated', invoice, state)] }
}

function isSame(one: InvoiceFacts, other: InvoiceFacts): boolean {
  return (
    hasSameAmounts(one, other) &&
    hasSameIdentity(one, other) &&
    one.supplier.iban === other.supplier.iban &&
    one.issueDate === other.issueDate &&
    one.dueDate === other.dueDate &&
    one.notes === other.notes &&
    isSameList(one.attachmentIds, other.attachmentIds)
  )
}

function hasSameAmounts(one: InvoiceFacts, other: InvoiceFacts): boolean {
  return (
    equals(one.total, other.total) &&
    isSameAmount(one.subtotal, other.subtotal) &&
    isSameAmount(one.tax, other.tax)
  )
}

function isSameAmount(one: Money | null, other: Money | null): boolean {
  return one === null || other === null ? one === other : equals(one, other)
}

/** Whether the fields that identify duplicates are the same. */
function hasSameIdentity(one: InvoiceFacts, other: InvoiceFacts): boolean {
  return (
    one.number === other.number &&
    one.supplier.name === other.supplier.name &&
    one.supplier.taxId === other.supplier.taxId &&
    one.duplicateReason === other.duplicateReason
  )
}
