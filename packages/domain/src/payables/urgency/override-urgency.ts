import type { Instant } from '../../kernel/calendar/instant.ts'
import { type Decision, unchanged } from '../../kernel/events/decision.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import { became, type InvoiceEvent, type OpenInvoice, requireOpen } from '../invoice/invoice.ts'
import type { UrgencyOverride } from './urgency.ts'

/** @throws invoice_void, invoice_already_settled */
export function overrideUrgency(
  invoice: OpenInvoice,
  override: UrgencyOverride,
): Decision<OpenInvoice, InvoiceEvent> {
  requireOpen(invoice)
  const known = invoice.urgencyOverride
  if (known?.level === override.level && known.reason === override.reason) return unchanged(invoice)
  const state: OpenInvoice = nextVersion({ ...invoice, urgencyOverride: override }, override.setAt)
  return { state, events: [became('invoice.urgency_overridden', invoice, state)] }
}

/** Lets the due date decide again. @throws invoice_void, invoice_already_settled */
export function clearUrgency(invoice: OpenInvoice, at: Instant): Decision<OpenInvoice, InvoiceEvent> {
  requireOpen(invoice)
  if (invoice.urgencyOverride === null) return unchanged(invoice)
  const state: OpenInvoice = nextVersion({ ...invoice, urgencyOverride: null }, at)
  return { state, events: [became('invoice.urgency_cleared', invoice, state)] }
}
