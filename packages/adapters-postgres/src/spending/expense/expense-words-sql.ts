import type { ExpenseFilter } from '@daftari/application'
import { type RawBuilder, sql } from 'kysely'
import { beginWords } from '../../kernel/text/search-words.ts'
import { type WordEntries, type WordHits, wordHits, wordRange } from '../../kernel/text/word-hits.ts'
import {
  type Asked,
  beyond,
  expenseConditions,
  fields,
  type Order,
  sorted,
  walked,
} from './expense-list-sql.ts'
import { areEntriesEnough, areWhole, mergedEntries } from './expense-whole-words-sql.ts'

/** How many rows of the list are read for common words. A page is usually full after that. */
const MOST_WALKED = 5_000
/** How many times further to look for words that are common alone but rare together, before all entries are read. */
const FURTHER = 20

/** One page of the expenses with all the words. */
export function pageOfWords(asked: Asked): RawBuilder<unknown> {
  const { ownerId, filter, order, page } = asked
  const hits = expenseHits(ownerId, filter)
  const looked = (entries: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select e.* from ${expensesOf(ownerId, filter, entries)} as e
      where ${beyond(order, page)} order by ${sorted(order)} limit ${page.limit})`
  const isFull = sql`(select count(*) from walked) = ${page.limit}`
  const isMerged = sql`(select yes from is_merged)`
  const isWalked = sql`${hits.isCommon} and not ${isMerged}`
  // Words that are common alone may be rare together. When the walk does not fill the page, the entries of all words
  // are combined.
  return sql`with ${hits.ctes},
      is_merged as materialized (select ${hits.isCommon} and ${isMergeable(asked)} as yes),
      walked as materialized (${walkedInPart(asked, isWalked)}),
      ${together(asked, sql`${isWalked} and not (${isFull})`, isMerged)}
    select ${fields} from (${looked(sql`hits`)} union all (select * from walked where ${isFull})
      union all ${looked(sql`together`)}) as e
    order by ${sorted(order)} limit ${page.limit}`
}

/** Reads the first rows of the list, at most `MOST_WALKED`, for common words. */
function walkedInPart(
  { ownerId, filter, order, page }: Asked,
  isWanted: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const all = { ...filter, words: [] }
  const list = walked(ownerId, all, order, { ...page, limit: MOST_WALKED }, isWanted, sql`, e.words`)
  return sql`select ${fields} from (${list}) as e where ${beginWords(sql`e.words`, filter.words)}
    order by ${sorted(order)} limit ${page.limit}`
}

function isMergeable(asked: Asked): RawBuilder<unknown> {
  return areEntriesEnough(asked) ? sql`coalesce(${areWhole(asked)}, false)` : sql`false`
}

/**
 * `together` contains the entries of expenses with all the words. When entries alone are enough, it contains one page
 * only: entries of whole words are merged, and for beginnings of words the nearest days are searched first.
 */
function together(
  asked: Asked,
  isWanted: RawBuilder<unknown>,
  isMerged: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { order, page } = asked
  if (!areEntriesEnough(asked)) return sql`together as (${entriesOfAll(asked, isWanted)})`
  const some = (
    more: RawBuilder<unknown>,
  ): RawBuilder<unknown> => sql`select * from (${entriesOfAll(asked, more)}) as entry
    group by expense_date, expense_id
    order by expense_date ${order.direction}, expense_id ${order.direction} limit ${page.limit}`
  const isNearEnough = sql`(select count(*) from near) = ${page.limit}`
  // When the walk found no match at all, a page is unlikely to be full soon after it.
  const isHopeful = sql`${isWanted} and exists (select from walked)`
  return sql`reach as materialized (${reach(asked, isHopeful)}),
      near as materialized (${some(sql`${isHopeful} and ${within(order)}`)}),
      together as ((${mergedEntries(asked, isMerged)}) union all (select * from near where ${isNearEnough}) union all
        (${some(sql`${isWanted} and not (${isNearEnough})`)}))`
}

function entriesOfAll(
  { ownerId, filter, order, page }: Asked,
  isWanted: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { table, where } = expenseEntries(ownerId, filter)
  const { after } = page
  const start =
    order.isByDate && after !== null
      ? sql`(expense_date, expense_id) ${order.beyond} (${after.key}::date, ${after.id}::uuid)`
      : sql`true`
  const ranges = filter.words.map(
    (word) => sql`select expense_date, expense_id from ${sql.table(table)}
      where ${where} and ${wordRange(word)} and ${start} and ${isWanted}`,
  )
  return sql.join(ranges, sql` intersect `)
}

/** The first and the last day of the part of the list that was walked. */
function reach({ ownerId, filter, order, page }: Asked, isWanted: RawBuilder<unknown>): RawBuilder<unknown> {
  const all = expenseConditions(ownerId, { ...filter, words: [] })
  const day = (offset: number): RawBuilder<unknown> => sql`(select e.expense_date from daftari.expense e
    where ${all} and ${beyond(order, page)} and ${isWanted} order by ${sorted(order)} offset ${sql.lit(offset)} limit 1)`
  return sql`select ${day(0)} as first, ${day(MOST_WALKED - 1)} as last`
}

/** The days up to `FURTHER` times as far. When the list ends before that, nothing is near, and the whole list is searched, which is short. */
function within({ isDescending }: Order): RawBuilder<boolean> {
  const day = sql`(select last + (last - first) * ${sql.lit(FURTHER)} from reach)`
  return isDescending ? sql<boolean>`expense_date >= ${day}` : sql<boolean>`expense_date <= ${day}`
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

/** The matching expenses among the hits. Each hit is looked up by its key; `offset 0` prevents the planner from reordering that join. */
export function expensesOf(
  ownerId: string,
  filter: ExpenseFilter,
  hits: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(select ${fields} from (select distinct expense_id from ${hits}) h
    cross join lateral (select * from daftari.expense e
      where e.id = h.expense_id and ${expenseConditions(ownerId, filter)} offset 0) e)`
}
