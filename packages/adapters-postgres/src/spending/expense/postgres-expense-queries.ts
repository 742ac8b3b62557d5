import type { ExpenseGroup, ExpenseQueries } from '@daftari/application'
import type { Database } from '../../kernel/session/database.ts'
import { expensePage } from './expense-page-sql.ts'
import { expenseSums } from './expense-sums-sql.ts'
import { EXPENSE_FIELDS, type ExpenseRow, expenseOf } from './expense-table.ts'
import { MERGE_ENTRIES } from './expense-whole-words-sql.ts'

const ONE = `select ${EXPENSE_FIELDS} from daftari.expense where owner_id = $1 and id = $2`

export function postgresExpenseQueries(database: Database): ExpenseQueries {
  return {
    async find(ownerId, id) {
      const [result] = await database.read(ownerId, [{ text: ONE, values: [ownerId, id] }])
      const row: ExpenseRow | undefined = result?.rows[0]
      return row === undefined ? null : expenseOf(row)
    },
    async list(ownerId, filter, sort, page) {
      const asked = expensePage(ownerId, filter, sort, page)
      const settings = filter.words.length > 1 ? [{ text: MERGE_ENTRIES, values: [] }] : []
      const results = await database.read(ownerId, [...settings, asked])
      return (results.at(-1)?.rows ?? []).map(expenseOf)
    },
    async summarise(ownerId, filter, groupBy) {
      const [result] = await database.read(ownerId, [expenseSums(ownerId, filter, groupBy)])
      return (result?.rows ?? []).map(groupOf)
    },
  }
}

interface GroupRow {
  readonly key: string
  readonly label: string | null
  readonly count: bigint
  readonly total_minor: string
}

function groupOf({ key, label, count, total_minor: total }: GroupRow): ExpenseGroup {
  return { key, label: label ?? key, count: Number(count), totalMinor: BigInt(total) }
}
