import type { InvoiceFilter, InvoiceSort, KeysetPage, UrgencyDay } from '@daftari/application'
import { addDays, type InvoiceStatus, type LocalDate, URGENCY_LEVELS } from '@daftari/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Statement } from '../kernel/session/statement.ts'
import { compiled, from } from '../kernel/sql/query.ts'
import { beginWords } from '../kernel/text/search-words.ts'
import { wordHits } from '../kernel/text/word-hits.ts'
import { IS_OPEN, IS_SETTLED, isOverdueSql, urgencyLevelSql, urgencyRankSql } from './urgency-sql.ts'

type Condition = RawBuilder<unknown>

/** A part of the invoices that an index returns in the order of the list, so that only its beginning must be read. */
interface Walk {
  readonly columns: readonly RawBuilder<unknown>[]
  readonly isDescending: boolean
  readonly conditions: readonly Condition[]
}

interface Asked {
  readonly ownerId: string
  readonly filter: InvoiceFilter
  readonly sort: InvoiceSort
  readonly page: KeysetPage
  readonly day: UrgencyDay
}

/** The invoices of a page and their payments, read with one snapshot. */
export function invoicePage(
  ownerId: string,
  filter: InvoiceFilter,
  sort: InvoiceSort,
  page: KeysetPage,
  day: UrgencyDay,
): Statement[] {
  const rows = pageOf({ ownerId, filter, sort, page, day })
  const payments = sql`select p.* from daftari.payment p
    where p.owner_id = ${ownerId}::uuid and p.invoice_id in (select page.id from (${rows}) as page)
    order by p.created_at, p.id`
  return [rows, payments].map((query) => compiled({ compile: () => query.compile(from) }))
}

function pageOf(asked: Asked): RawBuilder<unknown> {
  const { ownerId, filter, page } = asked
  const owned = sql`daftari.invoice i where i.owner_id = ${ownerId}::uuid`
  const whole = wholeWalk(asked)
  const walks = asked.sort === 'urgency' ? urgencyWalks(asked) : [whole]
  const part = (
    source: RawBuilder<unknown>,
    { columns, isDescending, conditions }: Walk,
  ): RawBuilder<unknown> =>
    sql`(select i.* from ${source} and ${sql.join([...conditions, ...fitting(asked)], sql` and `)}
      order by ${ordered(columns, isDescending)} limit ${page.limit})`
  const [words, field] = filter.words.length > 0 ? [filter.words, 'all'] : [filter.supplierWords, 'supplier']
  if (words.length === 0)
    return merged(
      walks.map((walk) => part(owned, walk)),
      whole,
      page,
    )
  const hits = wordHits(words, {
    table: 'daftari.invoice_word',
    columns: ['invoice_id'],
    where: sql`owner_id = ${ownerId}::uuid and field = ${field}`,
  })
  // `offset 0` prevents the planner from reordering the join: each hit must be looked up by its key.
  const found = sql`(select found.* from (select distinct invoice_id from hits) h
    cross join lateral (select * from ${owned} and i.id = h.invoice_id offset 0) found) i where true`
  const common = sql`${owned} and ${hits.isCommon}`
  const parts = [part(found, whole), ...walks.map((walk) => part(common, walk))]
  return sql`with ${hits.ctes} ${merged(parts, whole, page)}`
}

function merged(
  parts: readonly RawBuilder<unknown>[],
  { columns, isDescending }: Walk,
  { limit }: KeysetPage,
): RawBuilder<unknown> {
  const [only, ...others] = parts
  if (only !== undefined && others.length === 0) return only
  return sql`select i.* from (${sql.join(parts, sql` union all `)}) i
    order by ${ordered(columns, isDescending)} limit ${limit}`
}

function ordered(columns: Walk['columns'], isDescending: boolean): RawBuilder<unknown> {
  const direction = isDescending ? sql`desc` : sql`asc`
  return sql.join([...columns, sql`i.id`].map((column) => sql`${column} ${direction}`))
}

/** All invoices in the order of the list, from the start of the page on. The columns are the sort keys of `invoicePosition`. */
function wholeWalk({ sort, page: { after }, day }: Asked): Walk {
  const { columns, start, isDescending } = order(sort, day)
  if (after === null) return { columns, isDescending, conditions: [sql`true`] }
  const beyond = isDescending ? sql`<` : sql`>`
  const rows = sql`(${sql.join(columns)}, i.id) ${beyond} (${sql.join(start(after.key))}, ${after.id}::uuid)`
  return { columns, isDescending, conditions: [rows] }
}

interface Order {
  readonly columns: readonly RawBuilder<unknown>[]
  readonly start: (key: string) => readonly RawBuilder<unknown>[]
  readonly isDescending: boolean
}

function order(sort: InvoiceSort, day: UrgencyDay): Order {
  switch (sort) {
    case 'dueDate':
      return { columns: [sql`i.due_date`], start: (key) => [sql`${key}::date`], isDescending: false }
    case 'urgency':
      return {
        columns: [urgencyRankSql(day), sql`i.due_date`],
        start: (key) => [sql`${rankIn(key)}::integer`, sql`${dueIn(key)}::date`],
        isDescending: false,
      }
    case '-total':
      return { columns: [sql`i.total_hundredths`], start: (key) => [sql`${key}::bigint`], isDescending: true }
    case '-createdAt':
      return {
        columns: [sql`i.created_at`],
        start: (key) => [sql`to_timestamp(${key}::numeric / 1000)`],
        isDescending: true,
      }
  }
}

const SETTLED_RANK = 6
const AFTER_ALL_IDS = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

function rankIn(key: string): number {
  return Number(key.slice(0, 1))
}

function dueIn(key: string): LocalDate {
  return key.slice(2) as LocalDate
}

/**
 * The urgency changes with the day, so no index can contain it. Instead the list is merged from three parts: open
 * invoices without a level set by hand, which are ordered by due date; invoices with a level set by hand, which are
 * few; and settled invoices, which come last, ordered by due date.
 */
function urgencyWalks(asked: Asked): readonly Walk[] {
  const { filter, page, day } = asked
  const { after } = page
  const rank = after === null ? 0 : rankIn(after.key)
  const byDate = { columns: [sql`i.due_date`], isDescending: false }
  const settled = [
    IS_SETTLED,
    ...(after !== null && rank === SETTLED_RANK ? [dueAfter(dueIn(after.key), after.id)] : []),
  ]
  const walks: Walk[] = filter.levels.length > 0 ? [] : [{ ...byDate, conditions: settled }]
  if (rank === SETTLED_RANK) return walks
  const whole = wholeWalk(asked)
  const start = after === null ? [] : [startInRank(rank, dueIn(after.key), after.id, day)]
  const levels = filter.levels.map((level) => dueWithin(URGENCY_LEVELS.indexOf(level) + 1, day))
  const isWanted = levels.length === 0 ? [] : [sql`(${sql.join(levels, sql` or `)})`]
  return [
    {
      ...byDate,
      conditions: [IS_OPEN, sql`i.urgency_level is null`, ...start, ...isWanted, ...bounds(asked)],
    },
    { ...whole, conditions: [IS_OPEN, sql`i.urgency_level is not null`, ...whole.conditions] },
    ...walks,
  ]
}

/** The range of due dates from the first to the last requested level, for the index scan. */
function bounds({ filter, day }: Asked): Condition[] {
  const ranks = filter.levels.map((level) => URGENCY_LEVELS.indexOf(level) + 1)
  if (ranks.length === 0) return []
  const [first, last] = [dueOf(Math.min(...ranks), day).first, dueOf(Math.max(...ranks), day).last]
  return [
    ...(first === null ? [] : [sql`i.due_date >= ${first}::date`]),
    ...(last === null ? [] : [sql`i.due_date <= ${last}::date`]),
  ]
}

/** The due dates that give an invoice this rank. */
function dueOf(
  rank: number,
  { today, days: { critical, high, medium } }: UrgencyDay,
): { readonly first: LocalDate | null; readonly last: LocalDate | null } {
  const lasts = [addDays(today, -1), addDays(today, critical), addDays(today, high), addDays(today, medium)]
  const before = lasts[rank - 2]
  return { first: before === undefined ? null : addDays(before, 1), last: lasts[rank - 1] ?? null }
}

function dueWithin(rank: number, day: UrgencyDay): Condition {
  const { first, last } = dueOf(rank, day)
  const all = [
    ...(first === null ? [] : [sql`i.due_date >= ${first}::date`]),
    ...(last === null ? [] : [sql`i.due_date <= ${last}::date`]),
  ]
  return sql`(${sql.join(all, sql` and `)})`
}

/** The start of a page within a rank. An invoice with a level set by hand can have any due date within its rank. */
function startInRank(rank: number, due: LocalDate, id: string, day: UrgencyDay): Condition {
  const { first, last } = dueOf(rank, day)
  if (first !== null && due < first) return sql`i.due_date >= ${first}::date`
  if (last !== null && due > last) return dueAfter(last, AFTER_ALL_IDS)
  return dueAfter(due, id)
}

function dueAfter(due: LocalDate, id: string): Condition {
  return sql`(i.due_date, i.id) > (${due}::date, ${id}::uuid)`
}

const OPEN_STATUSES: readonly InvoiceStatus[] = ['pending', 'partly_paid']

/** The conditions of the filter. */
function fitting({ filter, day }: Asked): Condition[] {
  const { statuses, levels, isOverdue, numberKey, dueFrom, dueTo, supplierWords, words } = filter
  const all: Condition[] = []
  if (statuses.length > 0) {
    all.push(sql`i.status = any (${statuses}::text[])`)
    // Open invoices have a partial index. The planner uses it only when this condition is present.
    if (statuses.every((status) => OPEN_STATUSES.includes(status))) all.push(IS_OPEN)
    if (!statuses.some((status) => OPEN_STATUSES.includes(status))) all.push(IS_SETTLED)
  }
  if (levels.length > 0) all.push(IS_OPEN, sql`${urgencyLevelSql(day)} = any (${levels}::text[])`)
  if (isOverdue === true) all.push(IS_OPEN, sql`i.due_date < ${day.today}::date`)
  if (isOverdue === false) all.push(sql`not ${isOverdueSql(day)}`)
  if (numberKey !== null) all.push(sql`i.number_key = ${numberKey}`)
  if (dueFrom !== null) all.push(sql`i.due_date >= ${dueFrom}::date`)
  if (dueTo !== null) all.push(sql`i.due_date <= ${dueTo}::date`)
  if (supplierWords.length > 0) all.push(beginWords(sql`i.supplier_words`, supplierWords))
  if (words.length > 0) all.push(beginWords(sql`i.words`, words))
  return all
}
