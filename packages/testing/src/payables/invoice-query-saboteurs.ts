import {
  type InvoiceFilter,
  type InvoiceQueries,
  type InvoiceSort,
  invoicePosition,
  type UrgencyDay,
} from '@daftari/application'
import { addDays, compareText, foldWords, type Invoice, isOpen, urgencyLevel } from '@daftari/domain'
import { onQueries, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL, ascending, repaged } from '../kernel/sabotage/pages.ts'

const SORTS: readonly InvoiceSort[] = ['dueDate', 'urgency', '-total', '-createdAt']

type Key = string | bigint

function listing(list: (queries: InvoiceQueries) => InvoiceQueries['list']): Saboteur {
  return onQueries('invoices', (queries) => ({ list: list(queries) }))
}

/** Asks for something else, and judges what was found by itself. */
function asking(
  change: (filter: InvoiceFilter) => Partial<InvoiceFilter>,
  isFound: (invoice: Invoice, filter: InvoiceFilter, day: UrgencyDay) => boolean = () => true,
): Saboteur {
  return listing((queries) => async (ownerId, filter, sort, page, day) => {
    const found = await queries.list(ownerId, { ...filter, ...change(filter) }, sort, page, day)
    return found.filter((invoice) => isFound(invoice, filter, day))
  })
}

function same(): Partial<InvoiceFilter> {
  return {}
}

/** One sort by another key, or with another order of ids: -1 turns them round, 0 forgets them. */
function sorting(broken: InvoiceSort, ids: -1 | 0 | 1, seen: (invoice: Invoice) => Invoice): Saboteur {
  const sign = broken.startsWith('-') ? -1 : 1
  const readKey = (text: string): Key => (sign === 1 ? text : BigInt(text))
  return listing((queries) => async (ownerId, filter, sort, page, day) => {
    if (sort !== broken) return queries.list(ownerId, filter, sort, page, day)
    const positionOf = invoicePosition(sort, day)
    return repaged<Invoice, Key>(
      await queries.list(ownerId, filter, sort, ALL, day),
      (invoice) => ({ key: readKey(positionOf(seen(invoice)).key), id: invoice.id }),
      readKey,
      (one, other) => sign * (ascending(one.key, other.key) || ids * compareText(one.id, other.id)),
      page,
    )
  })
}

function itself(invoice: Invoice): Invoice {
  return invoice
}

function begin(text: string, words: readonly string[]): boolean {
  return words.every((start) => foldWords(text).some((word) => word.startsWith(start)))
}

export const invoiceQuerySaboteurs: Saboteurs = {
  'shows an invoice with its payments, oldest first': onQueries('invoices', (queries) => ({
    async find(ownerId, id) {
      const found = await queries.find(ownerId, id)
      return found === null ? null : { ...found, payments: found.payments.toReversed() }
    },
  })),

  'lists invoices with their payments, oldest first': listing(
    (queries) =>
      async (...asked) =>
        (await queries.list(...asked)).map((invoice) => ({
          ...invoice,
          payments: invoice.payments.toReversed(),
        })),
  ),

  'gives null for an invoice that does not exist, outside a transaction': onQueries(
    'invoices',
    (queries) => ({
      find: async (ownerId, id) => (await queries.find(ownerId, id)) ?? (undefined as never),
    }),
  ),

  ...Object.fromEntries(
    SORTS.flatMap((sort) => [
      [`lists invoices by ${sort}, ids in the same direction`, sorting(sort, -1, itself)],
      [`walks the pages of invoices by ${sort}, without gaps or duplicates`, sorting(sort, 0, itself)],
    ]),
  ),

  'sorts by the urgency of the day: a level set by hand counts before the due date, and settled invoices come last':
    sorting('urgency', 1, (invoice) => ({ ...invoice, urgencyOverride: null })),

  'sorts totals as numbers, exactly beyond 2^53, with currencies with and without decimals on one scale':
    sorting('-total', 1, (invoice) => ({ ...invoice, total: { ...invoice.total, currency: 'TZS' } })),

  'finds invoices of several statuses': asking(({ statuses }) => ({ statuses: statuses.slice(0, 1) })),

  'finds overdue invoices: open ones with a due date before today (F71)': asking(
    ({ isOverdue }) => ({ isOverdue: isOverdue === true ? null : isOverdue }),
    ({ dueDate }, { isOverdue }, { today }) => isOverdue !== true || dueDate < today,
  ),

  'finds the invoices that are not overdue, including settled ones': asking(
    same,
    (invoice, { isOverdue }) => isOverdue !== false || isOpen(invoice),
  ),

  'finds invoices by level, with inclusive limits': asking(
    same,
    ({ dueDate }, { levels }, { today, days }) =>
      !levels.includes('medium') || dueDate !== addDays(today, days.medium),
  ),

  'finds open invoices by the level that was set by hand': asking(
    () => ({ levels: [] }),
    (invoice, { levels }, { today, days }) =>
      levels.length === 0 || (isOpen(invoice) && levels.includes(urgencyLevel(invoice.dueDate, today, days))),
  ),

  'finds invoices by the key of their number': asking(
    () => ({ numberKey: null }),
    ({ number }, { numberKey }) => numberKey === null || number === numberKey,
  ),

  'finds invoices due from a day on, inclusive': asking(
    same,
    ({ dueDate }, { dueFrom }) => dueDate !== dueFrom,
  ),
  'finds invoices due up to a day, inclusive': asking(same, ({ dueDate }, { dueTo }) => dueDate !== dueTo),

  'finds invoices by the beginning of words of the supplier, including its tax id': asking(
    () => ({ supplierWords: [] }),
    ({ supplier }, { supplierWords }) => begin(supplier.name, supplierWords),
  ),

  'finds invoices by words of the supplier, the number and the notes together, but not of the tax id': asking(
    () => ({ words: [] }),
    ({ supplier, notes }, { words }) => begin(`${supplier.name} ${notes ?? ''}`, words),
  ),

  'finds no invoice by the middle of a word': asking(
    () => ({ words: [] }),
    ({ supplier, number, notes }, { words }) =>
      words.every((part) =>
        foldWords(`${supplier.name} ${number} ${notes ?? ''}`).some((word) => word.includes(part)),
      ),
  ),

  'finds the invoices that match all five words': asking(({ words }) => ({ words: words.slice(0, 4) })),

  'finds the invoices that match all conditions together': asking(
    ({ words, statuses, levels, supplierWords }) => ({
      words: statuses.length > 0 && levels.length > 0 && supplierWords.length > 0 ? [] : words,
    }),
  ),
}
