import type { Instant } from '../../kernel/calendar/instant.ts'
import { type Decision, unchanged } from '../../kernel/events/decision.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import { became, type Invoice, type InvoiceEvent, type OpenInvoice, requireOpen } from '../invoice/invoice.ts'
import type { UrgencyOverride } from './urgency.ts'

type Decided = Decision<OpenInvoice, InvoiceEvent>

/**
 * Sets the urgency by hand. Use `decideUrgency` when the status of the invoice is not known at compile time. @throws
 * invoice_void, invoice_already_settled
 */
export const overrideUrgency: (invoice: OpenInvoice, override: UrgencyOverride) => Decided = decideUrgency

/** @throws invoice_void, invoice_already_settled */
export function decideUrgency(given: Invoice, override: UrgencyOverride): Decided {
  const invoice = requireOpen(given)
  const known = invoice.urgencyOverride
  if (known?.level === override.level && known.reason === override.reason) return unchanged(invoice)
  const state: OpenInvoice = nextVersion({ ...invoice, urgencyOverride: override }, override.setAt)
  return { state, events: [became('invoice.urgency_overridden', invoice, state)] }
}

/**
 * Removes the urgency set by hand, so that it is calculated from the due date again. Use `decideClearance` when the
 * status of the invoice is not known at compile time.
 * @throws invoice_void, invoice_already_settled
 */
export const clearUrgency: (invoice: OpenInvoice, at: Instant) => Decided = decideClearance

/** @throws invoice_void, invoice_already_settled */
export function decideClearance(given: Invoice, at: Instant): Decided {
  const invoice = requireOpen(given)
  if (invoice.urgencyOverride === null) return unchanged(invoice)
  const state: OpenInvoice = nextVersion({ ...invoice, urgencyOverride: null }, at)
  return { state, events: [became('invoice.urgency_cleared', invoice, state)] }
}
