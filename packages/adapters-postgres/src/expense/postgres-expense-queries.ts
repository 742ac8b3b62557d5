import type {
  ExpenseFilter,
  ExpenseGroup,
  ExpenseGrouping,
  ExpenseQueries,
  ExpenseSort,
  KeysetPage,
} from '@daftari/application'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../session/database.ts'
import { compiled, from } from '../sql/query.ts'
import type { Tables } from '../sql/tables.ts'
import { beginsWord } from '../text/search-words.ts'
import { EXPENSE_FIELDS, type ExpenseRow, expenseOf } from './expense-table.ts'

const ONE = `select ${EXPENSE_FIELDS} from daftari.expense where owner_id = $1 and id = $2`

export function postgresExpenseQueries(database: Database): ExpenseQueries {
  return {
    async find(ownerId, id) {
      const [result] = await database.read(ownerId, [{ text: ONE, values: [ownerId, id] }])
      const row: ExpenseRow | undefined = result?.rows[0]
      return row === undefined ? null : expenseOf(row)
    },
    async list(ownerId, filter, sort, page) {
      const query = paged(ownerId, filter, sort, page)
      const [result] = await database.read(ownerId, [compiled(query)])
      return (result?.rows ?? []).map(expenseOf)
    },
    async summarise(ownerId, filter, groupBy) {
      const [result] = await database.read(ownerId, [compiled(grouped(ownerId, filter, groupBy))])
      return (result?.rows ?? []).map(groupOf)
    },
  }
}

function paged(ownerId: string, filter: ExpenseFilter, sort: ExpenseSort, { after, limit }: KeysetPage) {
  const direction = sort.startsWith('-') ? 'desc' : 'asc'
  const beyond = sql.raw(direction === 'desc' ? '<' : '>')
  const query = from
    .selectFrom('daftari.expense as e')
    .selectAll()
    .where((e) => matches(e, ownerId, filter))
    .limit(limit)
  if (sort.endsWith('expenseDate')) {
    const ordered = query.orderBy('e.expense_date', direction).orderBy('e.id', direction)
    return after === null
      ? ordered
      : ordered.where(sql<boolean>`(e.expense_date, e.id) ${beyond} (${after.key}::date, ${after.id}::uuid)`)
  }
  const ordered = query.orderBy('e.amount_minor', direction).orderBy('e.id', direction)
  return after === null
    ? ordered
    : ordered.where(sql<boolean>`(e.amount_minor, e.id) ${beyond} (${after.key}::bigint, ${after.id}::uuid)`)
}

function grouped(ownerId: string, filter: ExpenseFilter, groupBy: ExpenseGrouping) {
  const key = {
    category: sql<string>`e.category_id::text`,
    month: sql<string>`to_char(e.expense_date, 'YYYY-MM')`,
    day: sql<string>`e.expense_date::text`,
  }[groupBy]
  const groups = from
    .selectFrom('daftari.expense as e')
    .where((e) => matches(e, ownerId, filter))
    .select(key.as('key'))
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .select(sql<string>`sum(e.amount_minor)::text`.as('total_minor'))
    .groupBy(key)
  return from
    .selectFrom(groups.as('g'))
    .leftJoin('daftari.category as c', (join) =>
      join.on('c.owner_id', '=', ownerId).on(sql<boolean>`c.id::text = g.key`),
    )
    .select(['g.key', 'g.count', 'g.total_minor', 'c.name as label'])
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

type Expenses = ExpressionBuilder<Tables & { e: Tables['daftari.expense'] }, 'e'>

function matches(e: Expenses, ownerId: string, filter: ExpenseFilter): Expression<SqlBool> {
  const { categoryIds, from: first, to: last, minMinor, maxMinor, words } = filter
  const conditions: Expression<SqlBool>[] = [e('e.owner_id', '=', ownerId)]
  if (categoryIds.length > 0) conditions.push(sql`e.category_id = any (${categoryIds}::uuid[])`)
  if (first !== null) conditions.push(e('e.expense_date', '>=', first))
  if (last !== null) conditions.push(e('e.expense_date', '<=', last))
  if (minMinor !== null) conditions.push(e('e.amount_minor', '>=', minMinor))
  if (maxMinor !== null) conditions.push(e('e.amount_minor', '<=', maxMinor))
  for (const word of words) conditions.push(e('e.words', 'like', beginsWord(word)))
  return e.and(conditions)
}
