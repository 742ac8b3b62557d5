import type { InvoiceRepository } from '@daftari/application'
import type { Invoice, Payment } from '@daftari/domain'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { INVOICE_FIELDS, type InvoiceRow, insertInvoice, invoiceOf, updateInvoice } from './invoice-table.ts'
import { type PaymentRow, paymentsOfOne, paymentsOfSeveral, savePayment } from './payment-table.ts'

const ONE = `select ${INVOICE_FIELDS} from daftari.invoice where owner_id = $1 and id = $2`
const BY_NUMBER = `select ${INVOICE_FIELDS} from daftari.invoice
  where owner_id = $1 and number_key = $2 and status <> 'void'`

export function postgresInvoiceRepository(session: PostgresSession, ownerId: string): InvoiceRepository {
  /**
   * The payments as they were read, which need not be written again. Payments read after a savepoint began are not
   * included, because the savepoint may be undone.
   */
  const stored = new WeakSet<Payment>()

  function asRead(invoice: Invoice): Invoice {
    if (!session.hasSavepoints) for (const payment of invoice.payments) stored.add(payment)
    return invoice
  }

  /** Stages the payments that changed. Saving an unchanged payment would be harmless but would lock its row. */
  function stagePayments({ id: invoiceId, payments }: Invoice): void {
    for (const payment of payments) {
      if (!stored.has(payment)) session.stage(savePayment, { ...payment, invoiceId })
    }
  }

  return {
    async find(id) {
      const [found, paid] = await session.read(
        { text: ONE, values: [ownerId, id] },
        paymentsOfOne(ownerId, id),
      )
      const row: InvoiceRow | undefined = found?.rows[0]
      return row === undefined ? null : asRead(invoiceOf(row, paid?.rows ?? []))
    },
    async listByNumber(numberKey) {
      const [found] = await session.read({ text: BY_NUMBER, values: [ownerId, numberKey] })
      const rows: readonly InvoiceRow[] = found?.rows ?? []
      if (rows.length === 0) return []
      const [paid] = await session.read(
        paymentsOfSeveral(
          ownerId,
          rows.map(({ id }) => id),
        ),
      )
      return withPayments(rows, paid?.rows ?? []).map(asRead)
    },
    insert(invoice) {
      session.stage(insertInvoice, invoice)
      stagePayments(invoice)
    },
    update(state, expectedVersion) {
      session.stage(updateInvoice, { state, expectedVersion })
      stagePayments(state)
    },
  }
}

export function withPayments(rows: readonly InvoiceRow[], payments: readonly PaymentRow[]): Invoice[] {
  const byInvoice = Map.groupBy(payments, (payment) => payment.invoice_id)
  return rows.map((row) => invoiceOf(row, byInvoice.get(row.id) ?? []))
}
