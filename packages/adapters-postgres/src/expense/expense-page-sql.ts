import type { ExpenseFilter, ExpenseSort, KeysetPage } from '@daftari/application'
import { type RawBuilder, sql } from 'kysely'
import type { Statement } from '../session/statement.ts'
import { compiled, from } from '../sql/query.ts'
import { beginWords } from '../text/search-words.ts'
import { isExact, type WordEntries, type WordHits, wordHits, wordRange } from '../text/word-hits.ts'
import { EXPENSE_FIELDS } from './expense-table.ts'

interface Order {
  readonly isByDate: boolean
  readonly key: RawBuilder<unknown>
  readonly keyType: RawBuilder<unknown>
  readonly direction: RawBuilder<unknown>
  readonly beyond: RawBuilder<unknown>
}

/** Where words are common, a page is mostly full after so many rows of the list. */
const MOST_WALKED = 10_000

/** One page of a list, along an index that stands in the order of the list. */
export function expensePage(
  ownerId: string,
  filter: ExpenseFilter,
  sort: ExpenseSort,
  page: KeysetPage,
): Statement {
  const order = orderOf(sort)
  if (filter.words.length === 0) return statement(walked(ownerId, filter, order, page))
  const hits = expenseHits(ownerId, filter)
  const looked = (entries: RawBuilder<unknown>, isWanted: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select e.* from ${expensesOf(ownerId, filter, entries)} as e
      where ${beyond(order, page)} and ${isWanted} order by ${sorted(order)} limit ${page.limit})`
  const isFull = sql`(select count(*) from walked) = ${page.limit}`
  // What is common by itself may be nowhere together, or only far from where the page begins.
  return statement(sql`with ${hits.ctes},
      walked as materialized (${walkedInPart(ownerId, filter, order, page, hits.isCommon)}),
      together as (${together(ownerId, filter, order, page, sql`${hits.isCommon} and not (${isFull})`)})
    select ${fields} from (${looked(sql`hits`, sql`true`)} union all (select * from walked where ${isFull})
      union all ${looked(sql`together`, sql`true`)}) as e
    order by ${sorted(order)} limit ${page.limit}`)
}

/** The beginning of the list, as far as it is worth reading for words that are common. */
function walkedInPart(
  ownerId: string,
  filter: ExpenseFilter,
  order: Order,
  page: KeysetPage,
  isWanted: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const list = walked(ownerId, { ...filter, words: [] }, order, { ...page, limit: MOST_WALKED }, isWanted, sql`, e.words`)
  return sql`select ${fields} from (${list}) as e where ${beginWords(sql`e.words`, filter.words)} limit ${page.limit}`
}

/** The entries of expenses that have all the words; those of one page alone where nothing else can make one unfit. */
function together(
  ownerId: string,
  filter: ExpenseFilter,
  order: Order,
  page: KeysetPage,
  isWanted: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { table, where } = expenseEntries(ownerId, filter)
  const start = order.isByDate && page.after !== null ? entryBeyond(order, page.after) : sql`true`
  const ranges = filter.words.map(
    (word) => sql`select expense_date, expense_id from ${sql.table(table)}
      where ${where} and ${wordRange(word)} and ${start} and ${isWanted}`,
  )
  const all = sql`select expense_id from (${sql.join(ranges, sql` intersect `)}) as entry`
  const { categoryIds, minMinor, maxMinor, words } = filter
  const isAllThatCounts = categoryIds.length === 0 && minMinor === null && maxMinor === null && words.every(isExact)
  if (!order.isByDate || !isAllThatCounts) return all
  const one = words.length === 1 ? sql`group by expense_date, expense_id` : sql``
  return sql`${all} ${one} order by expense_date ${order.direction}, expense_id ${order.direction} limit ${page.limit}`
}

function entryBeyond({ beyond: isBeyond }: Order, { key, id }: NonNullable<KeysetPage['after']>): RawBuilder<unknown> {
  return sql`(expense_date, expense_id) ${isBeyond} (${key}::date, ${id}::uuid)`
}

function expenseEntries(ownerId: string, { from: first, to: last }: ExpenseFilter): WordEntries {
  const where = [sql`owner_id = ${ownerId}::uuid`]
  if (first !== null) where.push(sql`expense_date >= ${first}::date`)
  if (last !== null) where.push(sql`expense_date <= ${last}::date`)
  return { table: 'daftari.expense_word', columns: ['expense_id'], where: sql.join(where, sql` and `) }
}

export function expenseHits(ownerId: string, filter: ExpenseFilter): WordHits {
  return wordHits(filter.words, expenseEntries(ownerId, filter))
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
  more: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  return sql`select ${fields}${more} from daftari.expense e
    where ${expenseConditions(ownerId, filter)} and ${beyond(order, page)} and ${isWanted}
    order by ${sorted(order)} limit ${page.limit}`
}

function orderOf(sort: ExpenseSort): Order {
  const isDescending = sort.startsWith('-')
  const isByDate = sort.endsWith('expenseDate')
  return {
    isByDate,
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
