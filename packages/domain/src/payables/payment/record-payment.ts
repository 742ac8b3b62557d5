import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import type { FieldError } from '../../kernel/errors/field-error.ts'
import type { Decision } from '../../kernel/events/decision.ts'
import type { Occasion } from '../../kernel/events/occasion.ts'
import { nextVersion } from '../../kernel/identity/recorded.ts'
import { formatAmount } from '../../kernel/money/amount-text.ts'
import { add } from '../../kernel/money/money.ts'
import {
  balanceOf,
  became,
  type Invoice,
  type InvoiceEvent,
  type OpenInvoice,
  type PaidInvoice,
  type PartlyPaidInvoice,
  requireOpen,
} from '../invoice/invoice.ts'
import type { NewPayment, Payment } from './payment.ts'

type Paid = Decision<PartlyPaidInvoice | PaidInvoice, InvoiceEvent>

/**
 * Records a payment of a part or the rest of the balance. The payment that settles the invoice makes two events. Use
 * `decidePayment` when the status of the invoice is not known at compile time.
 * @throws validation_failed, invoice_void, invoice_already_settled, payment_exceeds_balance
 */
export const recordPayment: (invoice: OpenInvoice, payment: NewPayment, occasion: Occasion) => Paid =
  decidePayment

/** @throws validation_failed, invoice_void, invoice_already_settled, payment_exceeds_balance */
export function decidePayment(invoice: Invoice, payment: NewPayment, { at, by, today }: Occasion): Paid {
  refuseBadPayment(invoice, payment, today)
  const open = requireOpen(invoice)
  const balance = balanceOf(open)
  if (payment.amount.amountMinor > balance.amountMinor) {
    throw new DomainError('payment_exceeds_balance', {
      balance: formatAmount(balance),
      currency: balance.currency,
    })
  }
  const recorded: Payment = { ...payment, createdAt: at, createdBy: by, updatedAt: at, reversal: null }
  const partly: PartlyPaidInvoice = nextVersion(
    {
      ...open,
      status: 'partly_paid',
      payments: [...open.payments, recorded],
      paid: add(open.paid, payment.amount),
    },
    at,
  )
  const paidPart = became('invoice.payment_recorded', open, partly)
  if (payment.amount.amountMinor < balance.amountMinor) return { state: partly, events: [paidPart] }
  const paid: PaidInvoice = nextVersion({ ...partly, status: 'paid' }, at)
  return { state: paid, events: [paidPart, became('invoice.paid', partly, paid)] }
}

/** The checks of a payment that do not depend on the status of the invoice. @throws validation_failed */
export function refuseBadPayment(invoice: Invoice, { amount, paidOn }: NewPayment, today: LocalDate): void {
  const errors: FieldError[] = []
  const { currency } = invoice.total
  if (amount.currency !== currency) {
    const detail = `the invoice is in ${currency}`
    errors.push({ pointer: '/amount/currency', code: 'currency_not_allowed', detail })
  }
  if (amount.amountMinor <= 0n) {
    const detail = 'the amount must be greater than zero'
    errors.push({ pointer: '/amount/amount', code: 'amount_invalid', detail })
  }
  if (paidOn > today) {
    const detail = `${paidOn} is after today, ${today}`
    errors.push({ pointer: '/paidOn', code: 'date_in_future', detail })
  }
  if (errors.length > 0) throw new DomainError('validation_failed', { errors })
}
