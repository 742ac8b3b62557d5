import {
  balanceOf,
  formatInstant,
  type Invoice,
  isOverdue,
  type LocalDate,
  type Money,
  type Payment,
  type UrgencyDays,
  urgencyOf,
  urgencyRank,
} from '@daftari/domain'
import { type MoneyView, moneyJson, recordedJson } from '../../kernel/input/views.ts'
import type { InvoiceView } from './invoice-shapes.ts'

type Computed = 'paid' | 'balance' | 'isOverdue' | 'urgency'

/** An invoice as events contain it: like `GET`, without the fields that are computed from the date and the payments. */
export function invoiceRecord(invoice: Invoice): Omit<InvoiceView, Computed> & {
  urgency: Omit<NonNullable<InvoiceView['urgency']>, 'daysUntilDue'> | null
} {
  const { urgencyOverride: override } = invoice
  return {
    ...storedFields(invoice),
    urgency:
      override === null
        ? null
        : {
            level: override.level,
            rank: urgencyRank(override.level),
            source: 'manual',
            reason: override.reason,
            setBy: override.setBy,
            setAt: formatInstant(override.setAt),
          },
    ...recordedJson(invoice),
  }
}

/** An invoice as `GET` shows it, with the fields that depend on today's date. */
export function invoiceJson(invoice: Invoice, today: LocalDate, days: UrgencyDays): InvoiceView {
  return {
    ...storedFields(invoice),
    paid: moneyJson(invoice.paid),
    balance: moneyJson(balanceOf(invoice)),
    isOverdue: isOverdue(invoice, today),
    urgency: urgencyJson(invoice, today, days),
    ...recordedJson(invoice),
  }
}

function storedFields(invoice: Invoice): Omit<InvoiceView, Computed | keyof ReturnType<typeof recordedJson>> {
  const { supplier, number, issueDate, dueDate, notes, attachmentIds, duplicateReason } = invoice
  const { name, taxId, iban } = supplier
  return {
    id: invoice.id,
    version: invoice.version,
    status: invoice.status,
    supplier: { name, taxId, iban },
    number,
    issueDate,
    dueDate,
    total: moneyJson(invoice.total),
    subtotal: optionalMoney(invoice.subtotal),
    tax: optionalMoney(invoice.tax),
    notes,
    attachmentIds: [...attachmentIds],
    duplicateReason,
    voidReason: invoice.status === 'void' ? invoice.voidReason : null,
    payments: invoice.payments.map(paymentJson),
  }
}

function optionalMoney(amount: Money | null): MoneyView | null {
  return amount === null ? null : moneyJson(amount)
}

function paymentJson(payment: Payment): InvoiceView['payments'][number] {
  const { id, amount, paidOn, method, reference, reversal } = payment
  return {
    id,
    amount: moneyJson(amount),
    paidOn,
    method,
    reference,
    reversal: reversal === null ? null : { ...reversal, at: formatInstant(reversal.at) },
    ...recordedJson(payment),
  }
}

function urgencyJson(invoice: Invoice, today: LocalDate, days: UrgencyDays): InvoiceView['urgency'] {
  const urgency = urgencyOf(invoice, today, days)
  if (urgency === null) return null
  const { reason, setBy, setAt } = invoice.urgencyOverride ?? { reason: null, setBy: null, setAt: null }
  return { ...urgency, reason, setBy, setAt: setAt === null ? null : formatInstant(setAt) }
}
