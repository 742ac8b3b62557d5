import {
  type InvoiceFilter,
  type InvoiceQueries,
  type InvoiceSort,
  invoicePosition,
  type OpenInvoices,
  type UrgencyDay,
} from '@daftari/application'
import {
  balanceOf,
  compareText,
  foldWords,
  type Invoice,
  invoiceNumberKey,
  isOverdue,
  urgencyOf,
} from '@daftari/domain'
import { compareNumbers, pageOfRows } from '../kernel/keyset.ts'
import { hasWords } from '../kernel/words.ts'
import type { MemoryStore } from '../memory-books.ts'
import { invoiceTable } from './invoice-table.ts'

export function memoryInvoiceQueries(store: MemoryStore): InvoiceQueries {
  return {
    async find(ownerId, id) {
      return store(ownerId).own.of(invoiceTable).get(id)
    },
    async list(ownerId, filter, sort, page, day) {
      const matching = [...store(ownerId).own.of(invoiceTable).values()].filter((invoice) =>
        matches(invoice, filter, day),
      )
      const isDescending = sort.startsWith('-')
      return isDescending
        ? pageOfRows(matching, { ...byNumber(sort, day), isDescending }, page)
        : pageOfRows(matching, { ...byText(sort, day), isDescending }, page)
    },
    async summarise(ownerId, day) {
      const open = [...store(ownerId).own.of(invoiceTable).values()].flatMap((invoice) =>
        openInvoice(invoice, day),
      )
      const groups = Map.groupBy(
        open,
        ({ level, isOverdue, currency }) => `${level} ${isOverdue} ${currency}`,
      )
      return [...groups.values()].map((group) => group.reduce(added))
    },
  }
}

/** The invoice as a sum of one; nothing when the invoice is not open. */
function openInvoice(invoice: Invoice, { today, days }: UrgencyDay): OpenInvoices[] {
  const urgency = urgencyOf(invoice, today, days)
  if (urgency === null) return []
  const { amountMinor, currency } = balanceOf(invoice)
  const { level } = urgency
  return [{ level, isOverdue: isOverdue(invoice, today), currency, count: 1, balanceMinor: amountMinor }]
}

function added(sum: OpenInvoices, next: OpenInvoices): OpenInvoices {
  return { ...sum, count: sum.count + next.count, balanceMinor: sum.balanceMinor + next.balanceMinor }
}

function byText(sort: InvoiceSort, day: UrgencyDay) {
  return {
    positionOf: invoicePosition(sort, day),
    compareKeys: compareText,
    readKey: (key: string): string => key,
  }
}

function byNumber(sort: InvoiceSort, day: UrgencyDay) {
  const positionOf = invoicePosition(sort, day)
  return {
    positionOf: (invoice: Invoice) => {
      const { key, id } = positionOf(invoice)
      return { key: BigInt(key), id }
    },
    compareKeys: compareNumbers,
    readKey: BigInt,
  }
}

function matches(invoice: Invoice, filter: InvoiceFilter, { today, days }: UrgencyDay): boolean {
  const { statuses, levels, numberKey, dueFrom, dueTo, supplierWords, words } = filter
  const { supplier, number, notes } = invoice
  const level = urgencyOf(invoice, today, days)?.level
  return (
    (statuses.length === 0 || statuses.includes(invoice.status)) &&
    (levels.length === 0 || (level !== undefined && levels.includes(level))) &&
    (filter.isOverdue === null || isOverdue(invoice, today) === filter.isOverdue) &&
    (numberKey === null || invoiceNumberKey(number) === numberKey) &&
    (dueFrom === null || invoice.dueDate >= dueFrom) &&
    (dueTo === null || invoice.dueDate <= dueTo) &&
    hasWords(foldWords(`${supplier.name} ${supplier.taxId ?? ''}`), supplierWords) &&
    hasWords(foldWords(`${supplier.name} ${number} ${notes ?? ''}`), words)
  )
}
