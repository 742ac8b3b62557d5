import {
  type Currency,
  formatInstant,
  type LocalDate,
  money,
  type Payment,
  type PaymentId,
} from '@daftari/domain'
import type { Statement } from '../kernel/session/statement.ts'
import { type Column, fieldsOf, insertInto, type WriteKind } from '../kernel/session/table-writes.ts'
import type { PayablesTables } from './tables.ts'

export type PaymentRow = Omit<PayablesTables['daftari.payment'], 'owner_id'>

export interface InvoicePayment extends Payment {
  readonly invoiceId: string
}

const columns: readonly Column<InvoicePayment>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'invoice_id', type: 'uuid', of: ({ invoiceId }) => invoiceId },
  { name: 'amount_minor', type: 'bigint', of: ({ amount }) => amount.amountMinor },
  { name: 'currency', type: 'text', of: ({ amount }) => amount.currency },
  { name: 'paid_on', type: 'date', of: ({ paidOn }) => paidOn },
  { name: 'method', type: 'text', of: ({ method }) => method },
  { name: 'reference', type: 'text', of: ({ reference }) => reference },
  { name: 'reversal_reason', type: 'text', of: ({ reversal }) => reversal?.reason ?? null },
  {
    name: 'reversed_at',
    type: 'timestamptz',
    of: ({ reversal }) => (reversal === null ? null : formatInstant(reversal.at)),
  },
  { name: 'reversed_by', type: 'text', of: ({ reversal }) => reversal?.by ?? null },
  { name: 'created_at', type: 'timestamptz', of: ({ createdAt }) => formatInstant(createdAt) },
  { name: 'created_by', type: 'text', of: ({ createdBy }) => createdBy },
  { name: 'updated_at', type: 'timestamptz', of: ({ updatedAt }) => formatInstant(updatedAt) },
]

const PAYMENTS = `select ${fieldsOf(columns)} from daftari.payment`

/**
 * A separate statement for one invoice. With an array of one id, PostgreSQL would plan the query again each time,
 * because it cannot estimate the length of the array.
 */
const OF_ONE = `${PAYMENTS} where owner_id = $1 and invoice_id = $2 order by created_at, id`
const OF_SEVERAL = `${PAYMENTS} where owner_id = $1 and invoice_id = any ($2::uuid[]) order by created_at, id`

export function paymentsOfOne(ownerId: string, invoiceId: string): Statement {
  return { text: OF_ONE, values: [ownerId, invoiceId] }
}

export function paymentsOfSeveral(ownerId: string, invoiceIds: readonly string[]): Statement {
  return { text: OF_SEVERAL, values: [ownerId, invoiceIds] }
}

/** Inserts a payment, or stores the reversal of an existing one. Nothing else of a payment can change. */
export const savePayment: WriteKind<InvoicePayment> = insertInto<InvoicePayment>(
  'payment',
  columns,
  `on conflict (owner_id, id) do update set reversal_reason = excluded.reversal_reason,
    reversed_at = excluded.reversed_at, reversed_by = excluded.reversed_by, updated_at = excluded.updated_at
    where payment.reversed_at is null and excluded.reversed_at is not null`,
)

export function paymentOf(row: PaymentRow): Payment {
  const { reversal_reason: reason, reversed_at: at, reversed_by: by } = row
  return {
    id: row.id as PaymentId,
    amount: money.of(row.amount_minor, row.currency as Currency),
    paidOn: row.paid_on as LocalDate,
    method: row.method,
    reference: row.reference,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    reversal: reason === null || at === null || by === null ? null : { reason, at, by },
  }
}
