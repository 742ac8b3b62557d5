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
  /** Finds an invoice with all its payments, oldest first, or gives `null`. */
  find(id: InvoiceId): Promise<Invoice | null>
  /** Lists the invoices with this number key, of all suppliers, except void ones. The order is not defined. */
  listByNumber(numberKey: string): Promise<readonly Invoice[]>
  /**
   * Stores an invoice. When it and another invoice have the same supplier key and number key, and both are not void and
   * have no duplicate reason, `transact` throws `invoice_probable_duplicate`.
   */
  insert(invoice: Invoice): void
  /**
   * Updates an invoice at the version that was read. Duplicates are refused as by `insert`. An update can add payments
   * and reverse them, but never removes one.
   */
  update(invoice: Invoice, expectedVersion: number): void
}

export interface InvoiceQueries {
  find(ownerId: string, id: string): Promise<Invoice | null>
  /** Lists invoices by the sort key of `invoicePosition`, then by id, both in the direction of the sort. */
  list(
    ownerId: string,
    filter: InvoiceFilter,
    sort: InvoiceSort,
    page: KeysetPage,
    day: UrgencyDay,
  ): Promise<readonly Invoice[]>
  /** Sums open invoices by level, currency and being overdue, with exactly one row for each combination. The order is not defined. */
  summarise(ownerId: string, day: UrgencyDay): Promise<readonly OpenInvoices[]>
}

/** The values by which urgency is calculated: today's date in the owner's time zone, and the thresholds of the owner. */
export interface UrgencyDay {
  readonly today: LocalDate
  readonly days: UrgencyDays
}

/** An invoice must match all conditions together. Bounds are inclusive. `null` or an empty list is no condition. */
export interface InvoiceFilter {
  readonly statuses: readonly InvoiceStatus[]
  readonly levels: readonly UrgencyLevel[]
  readonly isOverdue: boolean | null
  readonly numberKey: string | null
  /** Each must be the beginning of a folded word of the supplier's name or tax id. */
  readonly supplierWords: readonly string[]
  readonly dueFrom: LocalDate | null
  readonly dueTo: LocalDate | null
  /** Each must be the beginning of a folded word of the supplier's name, the number or the notes. */
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

/** The repositories of this context in a transaction. */
export interface PayablesTransaction {
  readonly invoices: InvoiceRepository
}

/** The queries of this context. */
export interface PayablesReads {
  readonly invoices: InvoiceQueries
}
