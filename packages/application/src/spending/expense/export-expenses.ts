import { money } from '@daftari/domain'
import { csvLine } from '../../kernel/csv/write-csv.ts'
import { parseQuery } from '../../kernel/input/parse-query.ts'
import type { KeysetPage } from '../../kernel/ports.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import { expenseFilter, expensePosition } from './expense-filter.ts'
import { type ExportExpensesInput, exportExpensesInput } from './expense-shapes.ts'

type Deps = Pick<Ports, 'queries'> & { readonly settings: OwnerSettings }

const BYTE_ORDER_MARK = '\ufeff'
const ROWS_AT_ONCE = 500

/** Exports expenses as CSV in pieces, with the same filters as the list. @throws invalid_query, before the first piece */
export function exportExpenses({ queries, settings }: Deps) {
  return async function exportExpenses(
    { ownerId }: Scope,
    input: ExportExpensesInput = {},
  ): Promise<AsyncIterable<string>> {
    const { sort, ...asked } = parseQuery(exportExpensesInput, input)
    const { baseCurrency } = await settings.current(ownerId)
    const filter = expenseFilter(asked, baseCurrency)
    const positionOf = expensePosition(sort)
    return pieces()

    async function* pieces(): AsyncGenerator<string> {
      yield BYTE_ORDER_MARK + csvLine(['date', 'category', 'amount', 'currency', 'description', 'id'])
      const names = new Map<string, string>()
      for (let after: KeysetPage['after'] = null; ; ) {
        const rows = await queries.expenses.list(ownerId, filter, sort, { after, limit: ROWS_AT_ONCE })
        const lines: string[] = []
        for (const { id, amount, categoryId, expenseDate, description } of rows) {
          const name = names.get(categoryId) ?? (await categoryName(categoryId))
          names.set(categoryId, name)
          lines.push(
            csvLine([expenseDate, name, money.formatAmount(amount), amount.currency, description ?? '', id]),
          )
        }
        yield lines.join('')
        const last = rows.at(-1)
        if (last === undefined || rows.length < ROWS_AT_ONCE) return
        after = positionOf(last)
      }
    }

    /** A category can be deleted while the export runs. Its expenses then have an empty category name. */
    async function categoryName(id: string): Promise<string> {
      return (await queries.categories.find(ownerId, id))?.category.name ?? ''
    }
  }
}
