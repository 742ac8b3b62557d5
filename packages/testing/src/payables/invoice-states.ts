import { type Invoice, money, type Payment, type StandingInvoice, type VoidInvoice } from '@daftari/domain'
import { at } from '../kernel/fresh.ts'
import { aPayment } from './payables-builders.ts'

/** The invoice's next version, with these payments and no others. */
export function withPayments(invoice: Invoice, payments: readonly Payment[]): StandingInvoice {
  const { currency, amountMinor } = invoice.total
  const standing = payments.filter(({ reversal }) => reversal === null)
  const paid = money.sum(
    standing.map(({ amount }) => amount),
    currency,
  )
  const open = standing.length === 0 ? 'pending' : 'partly_paid'
  const status = paid.amountMinor === amountMinor ? 'paid' : open
  return { ...invoice, version: invoice.version + 1, status, payments, paid }
}

/** The invoice's next version, settled by one payment. */
export function paidInFull(invoice: Invoice): StandingInvoice {
  return withPayments(invoice, [aPayment({ amount: invoice.total })])
}

/** The payment, taken back. */
export function reversed(payment: Payment): Payment {
  const reversal = { reason: 'paid twice', at: at('2026-11-23T08:00:00.000Z'), by: 'a-tester' }
  return { ...payment, updatedAt: reversal.at, reversal }
}

/** The invoice's next version, declared never due. */
export function voided(invoice: Invoice): VoidInvoice {
  return { ...invoice, version: invoice.version + 1, status: 'void', voidReason: 'entered by mistake' }
}
