import type { ExpenseFilter, ExpenseGrouping } from '@daftari/application'
import { sql } from 'kysely'
import type { Statement } from '../../kernel/session/statement.ts'
import { compiled, from } from '../../kernel/sql/query.ts'
import { expenseConditions } from './expense-list-sql.ts'
import { expenseHits, expensesOf } from './expense-words-sql.ts'

/**
 * The column by which rows are grouped, and the key of each group. The key is made after the grouping, so that the text
 * is made for few groups and not for every row.
 */
const KEYS = {
  category: { part: sql`e.category_id`, key: sql`part::text` },
  month: { part: sql`e.expense_date`, key: sql`to_char(part, 'YYYY-MM')` },
  day: { part: sql`e.expense_date`, key: sql`part::text` },
} as const

/** The sums by group. Without a search for words, an index contains all columns that are needed. */
export function expenseSums(ownerId: string, filter: ExpenseFilter, groupBy: ExpenseGrouping): Statement {
  const added = sql`e.category_id, e.expense_date, e.amount_minor`
  const walked = sql`select ${added} from daftari.expense e where ${expenseConditions(ownerId, filter)}`
  const hits = filter.words.length === 0 ? null : expenseHits(ownerId, filter)
  const fitting =
    hits === null
      ? walked
      : sql`select ${added} from ${expensesOf(ownerId, filter, sql`hits`)} as e
          union all (${walked} and ${hits.isCommon})`
  const head = hits === null ? sql`` : sql`with ${hits.ctes}`
  const { part, key } = KEYS[groupBy]
  const parts = sql`select ${part} as part, count(*) as count, sum(e.amount_minor) as total_minor
    from (${fitting}) as e group by 1`
  const query = sql`${head}
    select g.key, g.count, g.total_minor, c.name as label from (
      select ${key} as key, sum(count)::bigint as count, sum(total_minor)::text as total_minor
      from (${parts}) as p group by 1) as g
    left join daftari.category c on c.owner_id = ${ownerId}::uuid and c.id::text = g.key`
  return compiled({ compile: () => query.compile(from) })
}
