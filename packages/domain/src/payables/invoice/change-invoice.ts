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

/** What a bill is held against before it is entered or corrected. */
export interface BillSurroundings {
  /** The standing invoices with the number key of the invoice, as it is to be. */
  readonly sameNumber: readonly Invoice[]
  /** The files among those that it names that are there. */
  readonly files: readonly Attachment[]
}

type Changed = Decision<StandingInvoice, InvoiceEvent>

/**
 * Corrects what was said of a bill; what is not given stays. Amounts are frozen by the first payment, also when that
 * was taken back. `decideChange` where the state of the invoice is not known.
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

/** What decides whether two invoices look alike. */
function hasSameIdentity(one: InvoiceFacts, other: InvoiceFacts): boolean {
  return (
    one.number === other.number &&
    one.supplier.name === other.supplier.name &&
    one.supplier.taxId === other.supplier.taxId &&
    one.duplicateReason === other.duplicateReason
  )
}
