import type { InvoiceQueries, OpenInvoices, UrgencyDay } from '@daftari/application'
import type { Currency, UrgencyLevel } from '@daftari/domain'
import { sql } from 'kysely'
import type { Database } from '../kernel/session/database.ts'
import type { Statement } from '../kernel/session/statement.ts'
import { compiled, from } from '../kernel/sql/query.ts'
import { invoicePage } from './invoice-page-sql.ts'
import { INVOICE_FIELDS, type InvoiceRow, invoiceOf } from './invoice-table.ts'
import { paymentsOfOne } from './payment-table.ts'
import { withPayments } from './postgres-invoice-repository.ts'
import { isOverdueSql, urgencyLevelSql } from './urgency-sql.ts'

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
