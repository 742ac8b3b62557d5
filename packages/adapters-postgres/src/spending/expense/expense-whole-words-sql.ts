import { type RawBuilder, sql } from 'kysely'
import { isExact, wordRange } from '../../kernel/text/word-hits.ts'
import type { Asked } from './expense-list-sql.ts'

/** Forces a merge join, because a nested loop would look up every entry of one word among those of another. */
export const MERGE_ENTRIES = `select set_config('enable_nestloop', 'off', true), set_config('enable_hashjoin', 'off', true)`

/** Whether a page can be computed from word entries alone: there are no other conditions, and the entries have the order of the list. */
export function areEntriesEnough({ filter, order }: Asked): boolean {
  const { categoryIds, minMinor, maxMinor, words } = filter
  return (
    order.isByDate &&
    categoryIds.length === 0 &&
    minMinor === null &&
    maxMinor === null &&
    words.every(isExact)
  )
}

/** Whether each searched beginning matches a single word only. */
export function areWhole(asked: Asked): RawBuilder<boolean> {
  const each = asked.filter.words.map((word) => sql`${end(asked, word, 'asc')} = ${end(asked, word, 'desc')}`)
  return sql<boolean>`(${sql.join(each, sql` and `)})`
}

/** The entries of one word have the order of the list, so the entries of several words are merged until a page is full. */
export function mergedEntries(asked: Asked, isWanted: RawBuilder<unknown>): RawBuilder<unknown> {
  const { filter, order, page } = asked
  const tables = filter.words.map((word, at) => {
    const entry = sql.raw(`w${at}`)
    const table = sql`daftari.expense_word ${entry}`
    const all = sql`${entry}.owner_id = ${asked.ownerId}::uuid and ${entry}.word = ${end(asked, word, 'asc')}
      and ${within(asked, entry)}`
    if (at === 0) return { table: sql`from ${table}`, all }
    const same = sql`${entry}.expense_date = w0.expense_date and ${entry}.expense_id = w0.expense_id`
    return { table: sql`join ${table} on ${same}`, all }
  })
  return sql`select w0.expense_date, w0.expense_id
    ${sql.join(
      tables.map(({ table }) => table),
      sql` `,
    )}
    where ${isWanted} and ${sql.join(
      tables.map(({ all }) => all),
      sql` and `,
    )}
    order by w0.expense_date ${order.direction}, w0.expense_id ${order.direction} limit ${page.limit}`
}

/** The first or the last word with this beginning. */
function end({ ownerId }: Asked, word: string, direction: 'asc' | 'desc'): RawBuilder<string> {
  return sql<string>`(select word from daftari.expense_word where owner_id = ${ownerId}::uuid and ${wordRange(word)}
    order by word ${sql.raw(direction)} limit 1)`
}

/** The requested days, from the start of the page on. */
function within({ filter, order, page }: Asked, entry: RawBuilder<unknown>): RawBuilder<unknown> {
  const { from: first, to: last } = filter
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (first !== null) all.push(sql`${entry}.expense_date >= ${first}::date`)
  if (last !== null) all.push(sql`${entry}.expense_date <= ${last}::date`)
  if (page.after !== null) {
    const { key, id } = page.after
    all.push(sql`(${entry}.expense_date, ${entry}.expense_id) ${order.beyond} (${key}::date, ${id}::uuid)`)
  }
  return sql.join(all, sql` and `)
}
