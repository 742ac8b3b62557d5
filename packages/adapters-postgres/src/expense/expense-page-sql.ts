import type { ExpenseFilter, ExpenseSort, KeysetPage } from '@daftari/application'
import { type RawBuilder, sql } from 'kysely'
import type { Statement } from '../session/statement.ts'
import { compiled, from } from '../sql/query.ts'
import { beginWords } from '../text/search-words.ts'
import { type WordHits, wordHits } from '../text/word-hits.ts'
import { EXPENSE_FIELDS } from './expense-table.ts'

interface Order {
  readonly key: RawBuilder<unknown>
  readonly keyType: RawBuilder<unknown>
  readonly direction: RawBuilder<unknown>
  readonly beyond: RawBuilder<unknown>
}

/** One page of a list, along an index that stands in the order of the list. */
export function expensePage(
  ownerId: string,
  filter: ExpenseFilter,
  sort: ExpenseSort,
  page: KeysetPage,
): Statement {
  const order = orderOf(sort)
  const walk = walked(ownerId, filter, order, page)
  if (filter.words.length === 0) return statement(walk)
  const hits = expenseHits(ownerId, filter)
  const looked = sql`select e.* from ${expensesOf(ownerId, filter, sql`hits`)} as e
    where ${beyond(order, page)} order by ${sorted(order)} limit ${page.limit}`
  return statement(sql`with ${hits.ctes}
    select ${fields} from ((${looked}) union all
      (${walked(ownerId, filter, order, page, hits.isCommon)})) as e
    order by ${sorted(order)} limit ${page.limit}`)
}

export function expenseHits(ownerId: string, { words, from: first, to: last }: ExpenseFilter): WordHits {
  const where = [sql`owner_id = ${ownerId}::uuid`]
  if (first !== null) where.push(sql`expense_date >= ${first}::date`)
  if (last !== null) where.push(sql`expense_date <= ${last}::date`)
  return wordHits(words, {
    table: 'daftari.expense_word',
    columns: ['expense_id'],
    where: sql.join(where, sql` and `),
  })
}

/** The fitting expenses among the hits, each looked up by its key: `offset 0` keeps the planner from turning that around. */
export function expensesOf(
  ownerId: string,
  filter: ExpenseFilter,
  hits: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(select ${fields} from (select distinct expense_id from ${hits}) h
    cross join lateral (select * from daftari.expense e
      where e.id = h.expense_id and ${expenseConditions(ownerId, filter)} offset 0) e)`
}

const fields = sql.raw(
  EXPENSE_FIELDS.split(',')
    .map((field) => `e.${field.trim()}`)
    .join(', '),
)

function walked(
  ownerId: string,
  filter: ExpenseFilter,
  order: Order,
  page: KeysetPage,
  isWanted: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`select ${fields} from daftari.expense e
    where ${expenseConditions(ownerId, filter)} and ${beyond(order, page)} and ${isWanted}
    order by ${sorted(order)} limit ${page.limit}`
}

function orderOf(sort: ExpenseSort): Order {
  const isDescending = sort.startsWith('-')
  const isByDate = sort.endsWith('expenseDate')
  return {
    key: isByDate ? sql`e.expense_date` : sql`e.amount_minor`,
    keyType: isByDate ? sql`date` : sql`bigint`,
    direction: isDescending ? sql`desc` : sql`asc`,
    beyond: isDescending ? sql`<` : sql`>`,
  }
}

function sorted({ key, direction }: Order): RawBuilder<unknown> {
  return sql`${key} ${direction}, e.id ${direction}`
}

function beyond({ key, keyType, beyond: isBeyond }: Order, { after }: KeysetPage): RawBuilder<unknown> {
  if (after === null) return sql`true`
  return sql`(${key}, e.id) ${isBeyond} (${after.key}::${keyType}, ${after.id}::uuid)`
}

/** What makes an expense fit. */
export function expenseConditions(ownerId: string, filter: ExpenseFilter): RawBuilder<boolean> {
  const { categoryIds, from: first, to: last, minMinor, maxMinor, words } = filter
  const [category, ...others] = categoryIds
  const all: RawBuilder<unknown>[] = [sql`e.owner_id = ${ownerId}::uuid`]
  // An index hands the rows of one category on in order, those of several only sorted.
  if (others.length > 0) all.push(sql`e.category_id = any (${categoryIds}::uuid[])`)
  else if (category !== undefined) all.push(sql`e.category_id = ${category}::uuid`)
  if (first !== null) all.push(sql`e.expense_date >= ${first}::date`)
  if (last !== null) all.push(sql`e.expense_date <= ${last}::date`)
  if (minMinor !== null) all.push(sql`e.amount_minor >= ${minMinor}::bigint`)
  if (maxMinor !== null) all.push(sql`e.amount_minor <= ${maxMinor}::bigint`)
  if (words.length > 0) all.push(beginWords(sql`e.words`, words))
  return sql<boolean>`${sql.join(all, sql` and `)}`
}

function statement(query: RawBuilder<unknown>): Statement {
  return compiled({ compile: () => query.compile(from) })
}
