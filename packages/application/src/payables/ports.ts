import type {
  Currency,
  Invoice,
  InvoiceId,
  InvoiceStatus,
  LocalDate,
  UrgencyDays,
  UrgencyLevel,
} from '@daftari/domain'
import type { KeysetPage } from '../kernel/ports.ts'

export interface InvoiceRepository {
  /** With all its payments, oldest first. */
  find(id: InvoiceId): Promise<Invoice | null>
  /** The invoices that are not void and have this number key, in no promised order. */
  listByNumber(numberKey: string): Promise<readonly Invoice[]>
  /**
   * A second invoice that is not void, has no reason and shares supplier key and number key with another such
   * one makes `transact` throw `invoice_probable_duplicate`.
   */
  insert(invoice: Invoice): void
  /** As `insert`, of duplicates. Payments are added or reversed, never removed. */
  update(invoice: Invoice, expectedVersion: number): void
}

export interface InvoiceQueries {
  find(ownerId: string, id: string): Promise<Invoice | null>
  /** By the sort key (as `invoicePosition` makes it), then id, both in the direction of the sort. */
  list(
    ownerId: string,
    filter: InvoiceFilter,
    sort: InvoiceSort,
    page: KeysetPage,
    day: UrgencyDay,
  ): Promise<readonly Invoice[]>
  /** What is open on that day: exactly one row for each level, currency and whether it is overdue, in no promised order. */
  summarise(ownerId: string, day: UrgencyDay): Promise<readonly OpenInvoices[]>
}

/** What decides urgency: today at the owner's place and the owner's thresholds. */
export interface UrgencyDay {
  readonly today: LocalDate
  readonly days: UrgencyDays
}

/** All conditions hold together; bounds are included; `null` or an empty list asks for nothing. */
export interface InvoiceFilter {
  readonly statuses: readonly InvoiceStatus[]
  readonly levels: readonly UrgencyLevel[]
  readonly isOverdue: boolean | null
  readonly numberKey: string | null
  /** Each begins a folded word of the supplier's name or tax id. */
  readonly supplierWords: readonly string[]
  readonly dueFrom: LocalDate | null
  readonly dueTo: LocalDate | null
  /** Each begins a folded word of the supplier's name, the number or the notes. */
  readonly words: readonly string[]
}

export type InvoiceSort = 'dueDate' | 'urgency' | '-total' | '-createdAt'

export interface OpenInvoices {
  readonly level: UrgencyLevel
  readonly isOverdue: boolean
  readonly currency: Currency
  readonly count: number
  readonly balanceMinor: bigint
}

/** What a transaction has of this context. */
export interface PayablesTransaction {
  readonly invoices: InvoiceRepository
}

/** What can be read of this context. */
export interface PayablesReads {
  readonly invoices: InvoiceQueries
}
