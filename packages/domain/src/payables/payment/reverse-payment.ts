import { DomainError } from '../../kernel/errors/domain-error.ts'
import type { Decision } from '../../kernel/events/decision.ts'
import type { Occasion } from '../../kernel/events/occasion.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import { subtract } from '../../kernel/money/money.ts'
import type { PaymentId } from '../ids.ts'
import {
  became,
  type Invoice,
  type InvoiceEvent,
  type PartlyPaidInvoice,
  type PendingInvoice,
  requireStanding,
  type StandingInvoice,
} from '../invoice/invoice.ts'
import type { Payment } from './payment.ts'

export function findPayment(invoice: Invoice, paymentId: PaymentId): Payment | null {
  return invoice.payments.find(({ id }) => id === paymentId) ?? null
}

type Reversed = Decision<PendingInvoice | PartlyPaidInvoice, InvoiceEvent>

/**
 * Reverses a recorded payment. Use `decideReversal` when the status of the invoice is not known at compile time.
 * @throws not_found, invoice_void, payment_already_reversed
 */
export const reversePayment: (
  invoice: StandingInvoice,
  paymentId: PaymentId,
  reason: string,
  occasion: Pick<Occasion, 'at' | 'by'>,
) => Reversed = decideReversal

/** @throws not_found, invoice_void, payment_already_reversed */
export function decideReversal(
  invoice: Invoice,
  paymentId: PaymentId,
  reason: string,
  { at, by }: Pick<Occasion, 'at' | 'by'>,
): Reversed {
  const payment = findPayment(invoice, paymentId)
  if (payment === null) throw new DomainError('not_found', { kind: 'payment', id: paymentId })
  const standing = requireStanding(invoice)
  if (payment.reversal !== null) throw new DomainError('payment_already_reversed', { paymentId })
  const reversed: Payment = { ...payment, updatedAt: at, reversal: { reason, at, by } }
  const payments = invoice.payments.map((one) => (one.id === paymentId ? reversed : one))
  const status = payments.some(({ reversal }) => reversal === null) ? 'partly_paid' : 'pending'
  const paid = subtract(invoice.paid, payment.amount)
  const state: PendingInvoice | PartlyPaidInvoice = nextVersion({ ...standing, status, payments, paid }, at)
  return { state, events: [became('invoice.payment_reversed', invoice, state)] }
}
