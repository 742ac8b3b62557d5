import type { Instant } from '../../kernel/calendar/instant.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import type { Decision } from '../../kernel/events/decision.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import {
  became,
  type Invoice,
  type InvoiceEvent,
  requireStanding,
  type StandingInvoice,
  type VoidInvoice,
} from './invoice.ts'

type Voided = Decision<VoidInvoice, InvoiceEvent>

/**
 * Makes an invoice void: it is never due. All payments must be reversed first. Use `decideVoid` when the status of the
 * invoice is not known at compile time.
 * @throws invoice_void, invoice_has_payments
 */
export const voidInvoice: (invoice: StandingInvoice, voidReason: string, at: Instant) => Voided = decideVoid

/** @throws invoice_void, invoice_has_payments */
export function decideVoid(invoice: Invoice, voidReason: string, at: Instant): Voided {
  requireStanding(invoice)
  const paymentCount = invoice.payments.filter(({ reversal }) => reversal === null).length
  if (paymentCount > 0) throw new DomainError('invoice_has_payments', { paymentCount })
  const state: VoidInvoice = nextVersion({ ...invoice, status: 'void', voidReason }, at)
  return { state, events: [became('invoice.voided', invoice, state)] }
}
