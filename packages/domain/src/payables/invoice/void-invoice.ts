import type { Instant } from '../../kernel/calendar/instant.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import type { Decision } from '../../kernel/events/decision.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import {
  became,
  type InvoiceEvent,
  requireStanding,
  type StandingInvoice,
  type VoidInvoice,
} from './invoice.ts'

/** Declares an invoice never due. Payments must be taken back first. @throws invoice_void, invoice_has_payments */
export function voidInvoice(
  invoice: StandingInvoice,
  voidReason: string,
  at: Instant,
): Decision<VoidInvoice, InvoiceEvent> {
  requireStanding(invoice)
  const paymentCount = invoice.payments.filter(({ reversal }) => reversal === null).length
  if (paymentCount > 0) throw new DomainError('invoice_has_payments', { paymentCount })
  const state: VoidInvoice = nextVersion({ ...invoice, status: 'void', voidReason }, at)
  return { state, events: [became('invoice.voided', invoice, state)] }
}
