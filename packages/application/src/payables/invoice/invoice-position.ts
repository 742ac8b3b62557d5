import { type Invoice, type Money, money, urgencyOf } from '@daftari/domain'
import type { InvoiceSort, UrgencyDay } from '../ports.ts'

/** The rank of paid and void invoices: they sort after all open ones. */
const SETTLED_RANK = 6

/** The sort key of an invoice in a list. Text keys compare by code points, amounts and times as numbers. */
export function invoicePosition(
  sort: InvoiceSort,
  { today, days }: UrgencyDay,
): (invoice: Invoice) => { readonly key: string; readonly id: string } {
  switch (sort) {
    case 'dueDate':
      return ({ id, dueDate }) => ({ id, key: dueDate })
    case 'urgency':
      return (invoice) => {
        const rank = urgencyOf(invoice, today, days)?.rank ?? SETTLED_RANK
        return { id: invoice.id, key: `${rank}:${invoice.dueDate}` }
      }
    case '-total':
      return ({ id, total }) => ({ id, key: `${hundredths(total)}` })
    case '-createdAt':
      return ({ id, createdAt }) => ({ id, key: `${createdAt}` })
  }
}

/** An amount in hundredths, for currencies with and without decimals. Lists sort by this number, not by exchange value. */
export function hundredths({ amountMinor, currency }: Money): bigint {
  return money.decimalsOf(currency) === 0 ? amountMinor * 100n : amountMinor
}
