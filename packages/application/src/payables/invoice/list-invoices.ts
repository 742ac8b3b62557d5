import { invoiceNumberKey } from '@daftari/domain'
import type { z } from 'zod'
import { parseQuery } from '../../kernel/input/parse-query.ts'
import { searchWords } from '../../kernel/input/search-words.ts'
import { type Page, pageOf } from '../../kernel/pagination/page.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import type { InvoiceFilter } from '../ports.ts'
import { urgencyDay } from '../urgency/urgency-day.ts'
import { invoiceJson } from './invoice-json.ts'
import { invoicePosition } from './invoice-position.ts'
import { type InvoiceView, type ListInvoicesInput, listInvoicesInput } from './invoice-shapes.ts'

type Deps = Pick<Ports, 'queries' | 'cursors'> & { readonly settings: OwnerSettings }

/** Lists invoices, by default with the earliest due date first. @throws invalid_query, invalid_cursor */
export function listInvoices({ queries, cursors, settings }: Deps) {
  return async function listInvoices(
    { ownerId }: Scope,
    input: ListInvoicesInput = {},
  ): Promise<Page<InvoiceView>> {
    const { sort, limit, cursor, ...asked } = parseQuery(listInvoicesInput, input)
    const filter = invoiceFilter(asked)
    const day = await urgencyDay(settings, ownerId)
    const dependsOnDay = sort === 'urgency' || filter.levels.length > 0 || filter.isOverdue !== null
    const context = [ownerId, 'invoices', filter, sort, dependsOnDay ? day : null]
    return pageOf(
      { cursors, context, cursor, limit },
      (page) => queries.invoices.list(ownerId, filter, sort, page, day),
      invoicePosition(sort, day),
      (invoice) => invoiceJson(invoice, day.today, day.days),
    )
  }
}

function invoiceFilter(
  asked: Omit<z.output<typeof listInvoicesInput>, 'sort' | 'limit' | 'cursor'>,
): InvoiceFilter {
  const { status, urgency, overdue, number, supplier, dueFrom, dueTo, q } = asked
  return {
    statuses: [...new Set(status)].sort(),
    levels: [...new Set(urgency)].sort(),
    isOverdue: overdue ?? null,
    numberKey: number === undefined ? null : invoiceNumberKey(number),
    supplierWords: searchWords(supplier, 'supplier'),
    dueFrom: dueFrom ?? null,
    dueTo: dueTo ?? null,
    words: searchWords(q),
  }
}
