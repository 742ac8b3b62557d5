import type { ExpenseFilter, ExpenseSort, KeysetPage } from '@daftari/application'
import { type RawBuilder, sql } from 'kysely'
import { beginWords } from '../../kernel/text/search-words.ts'
import { EXPENSE_FIELDS } from './expense-table.ts'

/** The order of a list. There is an index in the same order. */
export interface Order {
  readonly isByDate: boolean
  readonly isDescending: boolean
  readonly key: RawBuilder<unknown>
  readonly keyType: RawBuilder<unknown>
  readonly direction: RawBuilder<unknown>
  readonly beyond: RawBuilder<unknown>
}

/** One page of a list. */
export interface Asked {
  readonly ownerId: string
  readonly filter: ExpenseFilter
  readonly order: Order
  readonly page: KeysetPage
}

export const fields: RawBuilder<unknown> = sql.raw(
  EXPENSE_FIELDS.split(',')
    .map((field) => `e.${field.trim()}`)
    .join(', '),
)

export function walked(
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

export function orderOf(sort: ExpenseSort): Order {
  const isDescending = sort.startsWith('-')
  const isByDate = sort.endsWith('expenseDate')
  return {
    isByDate,
    isDescending,
    key: isByDate ? sql`e.expense_date` : sql`e.amount_minor`,
    keyType: isByDate ? sql`date` : sql`bigint`,
    direction: isDescending ? sql`desc` : sql`asc`,
    beyond: isDescending ? sql`<` : sql`>`,
  }
}

export function sorted({ key, direction }: Order): RawBuilder<unknown> {
  return sql`${key} ${direction}, e.id ${direction}`
}

export function beyond(
  { key, keyType, beyond: isBeyond }: Order,
  { after }: KeysetPage,
): RawBuilder<unknown> {
  if (after === null) return sql`true`
  return sql`(${key}, e.id) ${isBeyond} (${after.key}::${keyType}, ${after.id}::uuid)`
}

/** The conditions of the filter. */
export function expenseConditions(ownerId: string, filter: ExpenseFilter): RawBuilder<boolean> {
  const { categoryIds, from: first, to: last, minMinor, maxMinor, words } = filter
  const [category, ...others] = categoryIds
  const all: RawBuilder<unknown>[] = [sql`e.owner_id = ${ownerId}::uuid`]
  // With one category, `=` lets an index return the rows in order. With several, the rows must be sorted.
  if (others.length > 0) all.push(sql`e.category_id = any (${categoryIds}::uuid[])`)
  else if (category !== undefined) all.push(sql`e.category_id = ${category}::uuid`)
  if (first !== null) all.push(sql`e.expense_date >= ${first}::date`)
  if (last !== null) all.push(sql`e.expense_date <= ${last}::date`)
  if (minMinor !== null) all.push(sql`e.amount_minor >= ${minMinor}::bigint`)
  if (maxMinor !== null) all.push(sql`e.amount_minor <= ${maxMinor}::bigint`)
  if (words.length > 0) all.push(beginWords(sql`e.words`, words))
  return sql<boolean>`${sql.join(all, sql` and `)}`
}
