import type {
  InvoiceFilter,
  InvoiceQueries,
  InvoiceSort,
  KeysetPage,
  OpenInvoices,
  UrgencyDay,
} from '@daftari/application'
import type { Currency, UrgencyLevel } from '@daftari/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../session/database.ts'
import type { Statement } from '../session/statement.ts'
import { compiled, from } from '../sql/query.ts'
import { beginWords } from '../text/search-words.ts'
import { wordHits } from '../text/word-hits.ts'
import { INVOICE_FIELDS, type InvoiceRow, invoiceOf } from './invoice-table.ts'
import { paymentsOfOne } from './payment-table.ts'
import { withPayments } from './postgres-invoice-repository.ts'
import { isOverdueSql, urgencyLevelSql, urgencyRankSql } from './urgency-sql.ts'

const ONE = `select ${INVOICE_FIELDS} from daftari.invoice where owner_id = $1 and id = $2`

export function postgresInvoiceQueries(database: Database): InvoiceQueries {
  return {
    async find(ownerId, id) {
      const [found, paid] = await database.read(ownerId, [
        { text: ONE, values: [ownerId, id] },
        paymentsOfOne(ownerId, id),
      ])
      const row: InvoiceRow | undefined = found?.rows[0]
      return row === undefined ? null : invoiceOf(row, paid?.rows ?? [])
    },
    async list(ownerId, filter, sort, page, day) {
      const [found, paid] = await database.read(ownerId, invoicePage(ownerId, filter, sort, page, day))
      return withPayments(found?.rows ?? [], paid?.rows ?? [])
    },
    async summarise(ownerId, day) {
      const [result] = await database.read(ownerId, [openInvoices(ownerId, day)])
      return (result?.rows ?? []).map(openInvoicesOf)
    },
  }
}

/** The invoices of a page and the payments of those, seen at one moment. */
export function invoicePage(
  ownerId: string,
  filter: InvoiceFilter,
  sort: InvoiceSort,
  page: KeysetPage,
  day: UrgencyDay,
): Statement[] {
  const rows = pageOf(ownerId, filter, sort, page, day)
  const payments = sql`select p.* from daftari.payment p
    where p.owner_id = ${ownerId}::uuid and p.invoice_id in (select page.id from (${rows}) as page)
    order by p.created_at, p.id`
  return [rows, payments].map((query) => compiled({ compile: () => query.compile(from) }))
}

function pageOf(
  ownerId: string,
  filter: InvoiceFilter,
  sort: InvoiceSort,
  { after, limit }: KeysetPage,
  day: UrgencyDay,
): RawBuilder<unknown> {
  const { columns, start, isDescending } = order(sort, day)
  const direction = isDescending ? sql`desc` : sql`asc`
  const all = conditions(filter, day)
  if (after !== null) {
    const beyond = isDescending ? sql`<` : sql`>`
    all.push(sql`(${sql.join(columns)}, i.id) ${beyond} (${sql.join(start(after.key))}, ${after.id}::uuid)`)
  }
  const { ctes, invoices } = sought(ownerId, filter)
  const ordered = [...columns, sql`i.id`].map((column) => sql`${column} ${direction}`)
  return sql`${ctes} select i.* from ${invoices} i where ${sql.join(all, sql` and `)}
    order by ${sql.join(ordered)} limit ${limit}`
}

/** The owner's invoices, or of those that words lead to, unless the words are common. */
function sought(
  ownerId: string,
  { words, supplierWords }: InvoiceFilter,
): { readonly ctes: RawBuilder<unknown>; readonly invoices: RawBuilder<unknown> } {
  const owned = sql`select * from daftari.invoice where owner_id = ${ownerId}::uuid`
  if (words.length + supplierWords.length === 0) return { ctes: sql``, invoices: sql`(${owned})` }
  const field = words.length > 0 ? 'all' : 'supplier'
  const hits = wordHits(words.length > 0 ? words : supplierWords, {
    table: 'daftari.invoice_word',
    columns: ['invoice_id'],
    where: sql`owner_id = ${ownerId}::uuid and field = ${field}`,
  })
  const invoices = sql`(select found.* from (select distinct invoice_id from hits) h
      cross join lateral (${owned} and id = h.invoice_id offset 0) found
    union all (${owned} and ${hits.isCommon}))`
  return { ctes: sql`with ${hits.ctes}`, invoices }
}

interface Order {
  readonly columns: readonly RawBuilder<unknown>[]
  readonly start: (key: string) => readonly RawBuilder<unknown>[]
  readonly isDescending: boolean
}

/** The sort keys of `invoicePosition` as columns. */
function order(sort: InvoiceSort, day: UrgencyDay): Order {
  switch (sort) {
    case 'dueDate':
      return { columns: [sql`i.due_date`], start: (key) => [sql`${key}::date`], isDescending: false }
    case 'urgency':
      return {
        columns: [urgencyRankSql(day), sql`i.due_date`],
        start: (key) => [sql`${key.slice(0, 1)}::integer`, sql`${key.slice(2)}::date`],
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

function conditions(filter: InvoiceFilter, day: UrgencyDay): RawBuilder<unknown>[] {
  const { statuses, levels, isOverdue, numberKey, dueFrom, dueTo, supplierWords, words } = filter
  const all = [sql`true`]
  if (statuses.length > 0) all.push(sql`i.status = any (${statuses}::text[])`)
  if (levels.length > 0) all.push(sql`${urgencyLevelSql(day)} = any (${levels}::text[])`)
  if (isOverdue !== null) all.push(sql`${isOverdueSql(day)} = ${isOverdue}::boolean`)
  if (numberKey !== null) all.push(sql`i.number_key = ${numberKey}`)
  if (dueFrom !== null) all.push(sql`i.due_date >= ${dueFrom}::date`)
  if (dueTo !== null) all.push(sql`i.due_date <= ${dueTo}::date`)
  if (supplierWords.length > 0) all.push(beginWords(sql`i.supplier_words`, supplierWords))
  if (words.length > 0) all.push(beginWords(sql`i.words`, words))
  return all
}

interface OpenInvoicesRow {
  readonly level: UrgencyLevel
  readonly is_overdue: boolean
  readonly currency: string
  readonly count: bigint
  readonly balance_minor: string
}

function openInvoices(ownerId: string, day: UrgencyDay): Statement {
  const open = from
    .selectFrom('daftari.invoice as i')
    .where('i.owner_id', '=', ownerId)
    .where('i.status', 'in', ['pending', 'partly_paid'])
    .select([urgencyLevelSql(day).as('level'), isOverdueSql(day).as('is_overdue'), 'i.currency'])
    .select(sql<bigint>`i.total_minor - i.paid_minor`.as('balance'))
  const query = from
    .selectFrom(open.as('o'))
    .groupBy(['o.level', 'o.is_overdue', 'o.currency'])
    .select(['o.level', 'o.is_overdue', 'o.currency'])
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .select(sql<string>`sum(o.balance)::text`.as('balance_minor'))
  return compiled(query)
}

function openInvoicesOf(row: OpenInvoicesRow): OpenInvoices {
  return {
    level: row.level,
    isOverdue: row.is_overdue,
    currency: row.currency as Currency,
    count: Number(row.count),
    balanceMinor: BigInt(row.balance_minor),
  }
}
