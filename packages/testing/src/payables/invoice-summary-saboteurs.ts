import type { InvoiceQueries, OpenInvoices, UrgencyDay } from '@daftari/application'
import { type Invoice, isOpen } from '@daftari/domain'
import { onQueries, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'
import { rounded } from '../spending/category-query-saboteurs.ts'
import { everyInvoice } from './invoice-filters-contract.ts'

function rows(
  change: (rows: readonly OpenInvoices[], invoices: readonly Invoice[]) => readonly OpenInvoices[],
): Saboteur {
  return onQueries('invoices', (queries: InvoiceQueries) => ({
    async summarise(ownerId: string, day: UrgencyDay) {
      const invoices = await queries.list(ownerId, everyInvoice, 'dueDate', ALL, day)
      return change(await queries.summarise(ownerId, day), invoices)
    },
  }))
}

/** Adds up amounts of two currencies. */
function merged(list: readonly OpenInvoices[]): OpenInvoices[] {
  const groups = Map.groupBy(list, ({ level, isOverdue }) => `${level} ${isOverdue}`)
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const count = rest.reduce((sum, row) => sum + row.count, first.count)
    const balanceMinor = rest.reduce((sum, row) => sum + row.balanceMinor, first.balanceMinor)
    return [{ ...first, count, balanceMinor }]
  })
}

export const invoiceSummarySaboteurs: Saboteurs = {
  'sums open invoices by level and currency, with a row for each': rows(merged),

  'sums the balances': rows((list, invoices) =>
    list.map((row) => ({
      ...row,
      balanceMinor: invoices.reduce((sum, { paid }) => sum + paid.amountMinor, row.balanceMinor),
    })),
  ),

  'sums neither paid nor void invoices': rows((list, invoices) => [
    ...list,
    ...invoices
      .filter((invoice) => !isOpen(invoice))
      .map(({ total: { currency } }): OpenInvoices => {
        return { level: 'low', isOverdue: false, currency, count: 1, balanceMinor: 0n }
      }),
  ]),

  'separates a level set by hand from being overdue': rows((list) =>
    list.map((row) => ({ ...row, isOverdue: row.level === 'overdue' })),
  ),

  'sums balances exactly beyond 2^53': rows((list) =>
    list.map((row) => ({ ...row, balanceMinor: rounded(row.balanceMinor) })),
  ),
}
