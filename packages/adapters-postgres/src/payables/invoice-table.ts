import { hundredths } from '@daftari/application'
import {
  type AttachmentId,
  type Currency,
  DomainError,
  formatInstant,
  type Invoice,
  type InvoiceId,
  invoiceNumberKey,
  type LocalDate,
  type Money,
  money,
  supplierKey,
} from '@daftari/domain'
import { recordedColumns, recordedOf } from '../kernel/columns.ts'
import {
  type BrokenConstraint,
  type Column,
  fieldsOf,
  insertInto,
  updateOf,
  type VersionedWrite,
  type WriteKind,
} from '../kernel/session/table-writes.ts'
import { wordsColumn } from '../kernel/text/search-words.ts'
import { type PaymentRow, paymentOf } from './payment-table.ts'
import type { PayablesTables } from './tables.ts'

type Table = PayablesTables['daftari.invoice']
type Derived = 'supplier_key' | 'supplier_words' | 'number_key' | 'total_hundredths' | 'words'
export type InvoiceRow = Omit<Table, 'owner_id' | Derived>

const columns: readonly Column<Invoice>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'status', type: 'text', of: ({ status }) => status },
  { name: 'supplier_name', type: 'text', of: ({ supplier }) => supplier.name },
  { name: 'supplier_tax_id', type: 'text', of: ({ supplier }) => supplier.taxId },
  { name: 'supplier_iban', type: 'text', of: ({ supplier }) => supplier.iban },
  { name: 'supplier_key', type: 'text', of: ({ supplier }) => supplierKey(supplier), isDerived: true },
  {
    name: 'supplier_words',
    type: 'text',
    of: ({ supplier }) => wordsColumn(`${supplier.name} ${supplier.taxId ?? ''}`),
    isDerived: true,
  },
  { name: 'number', type: 'text', of: ({ number }) => number },
  { name: 'number_key', type: 'text', of: ({ number }) => invoiceNumberKey(number), isDerived: true },
  { name: 'issue_date', type: 'date', of: ({ issueDate }) => issueDate },
  { name: 'due_date', type: 'date', of: ({ dueDate }) => dueDate },
  { name: 'currency', type: 'text', of: ({ total }) => total.currency },
  { name: 'total_minor', type: 'bigint', of: ({ total }) => total.amountMinor },
  { name: 'total_hundredths', type: 'bigint', of: ({ total }) => hundredths(total), isDerived: true },
  { name: 'subtotal_minor', type: 'bigint', of: ({ subtotal }) => subtotal?.amountMinor ?? null },
  { name: 'tax_minor', type: 'bigint', of: ({ tax }) => tax?.amountMinor ?? null },
  { name: 'paid_minor', type: 'bigint', of: ({ paid }) => paid.amountMinor },
  { name: 'notes', type: 'text', of: ({ notes }) => notes },
  {
    name: 'words',
    type: 'text',
    of: ({ supplier, number, notes }) => wordsColumn(`${supplier.name} ${number} ${notes ?? ''}`),
    isDerived: true,
  },
  { name: 'attachment_ids', type: 'uuid[]', of: ({ attachmentIds }) => attachmentIds },
  { name: 'duplicate_reason', type: 'text', of: ({ duplicateReason }) => duplicateReason },
  {
    name: 'void_reason',
    type: 'text',
    of: (invoice) => (invoice.status === 'void' ? invoice.voidReason : null),
  },
  { name: 'urgency_level', type: 'text', of: ({ urgencyOverride }) => urgencyOverride?.level ?? null },
  { name: 'urgency_reason', type: 'text', of: ({ urgencyOverride }) => urgencyOverride?.reason ?? null },
  { name: 'urgency_set_by', type: 'text', of: ({ urgencyOverride }) => urgencyOverride?.setBy ?? null },
  {
    name: 'urgency_set_at',
    type: 'timestamptz',
    of: ({ urgencyOverride }) => (urgencyOverride === null ? null : formatInstant(urgencyOverride.setAt)),
  },
  ...recordedColumns,
]

export const INVOICE_FIELDS: string = fieldsOf(columns)

const TWIN = `select id, number from daftari.invoice where owner_id = $1 and supplier_key = $2 and number_key = $3
  and status <> 'void' and duplicate_reason is null and id <> $4`

async function refusal(
  { constraint, ownerId, cause, look }: BrokenConstraint,
  [invoice]: readonly Invoice[],
): Promise<Error | null> {
  if (constraint !== 'invoice_twin_unique' || invoice === undefined) return null
  const { id, supplier, number } = invoice
  const values = [ownerId, supplierKey(supplier), invoiceNumberKey(number), id]
  const [twin] = await look<{ id: string; number: string }>({ text: TWIN, values })
  const details = { twinId: twin?.id ?? id, number: twin?.number ?? number }
  return new DomainError('invoice_probable_duplicate', details, { cause })
}

export const insertInvoice: WriteKind<Invoice> = {
  ...insertInto<Invoice>('invoice', columns),
  isAlone: true,
  refusal,
}
/** Each update is its own statement, as for categories, because of the unique key of duplicates. */
export const updateInvoice: WriteKind<VersionedWrite<Invoice>> = {
  ...updateOf<Invoice>('invoice', columns),
  isAlone: true,
  refusal: (broken, rows) =>
    refusal(
      broken,
      rows.map(({ state }) => state),
    ),
}

export function invoiceOf(row: InvoiceRow, payments: readonly PaymentRow[]): Invoice {
  const currency = row.currency as Currency
  const facts = {
    id: row.id as InvoiceId,
    supplier: { name: row.supplier_name, taxId: row.supplier_tax_id, iban: row.supplier_iban },
    number: row.number,
    issueDate: row.issue_date as LocalDate | null,
    dueDate: row.due_date as LocalDate,
    total: money.of(row.total_minor, currency),
    subtotal: optional(row.subtotal_minor, currency),
    tax: optional(row.tax_minor, currency),
    notes: row.notes,
    attachmentIds: row.attachment_ids as AttachmentId[],
    duplicateReason: row.duplicate_reason,
    payments: payments.map(paymentOf),
    paid: money.of(row.paid_minor, currency),
    urgencyOverride: urgencyOverrideOf(row),
    ...recordedOf(row),
  }
  return row.status === 'void'
    ? { ...facts, status: 'void', voidReason: row.void_reason ?? '' }
    : { ...facts, status: row.status }
}

function urgencyOverrideOf(row: InvoiceRow): Invoice['urgencyOverride'] {
  const { urgency_level: level, urgency_reason: reason, urgency_set_by: setBy, urgency_set_at: setAt } = row
  if (level === null || reason === null || setBy === null || setAt === null) return null
  return { level, reason, setBy, setAt }
}

function optional(minor: bigint | null, currency: Currency): Money | null {
  return minor === null ? null : money.of(minor, currency)
}
