import type {
  AggregateType,
  ApiKey,
  Category,
  Currency,
  EventType,
  Expense,
  Instant,
  Invoice,
  InvoiceStatus,
  LocalDate,
  Settings,
  UrgencyDays,
  UrgencyLevel,
} from '@daftari/domain'
import type { EventRecord } from '../events/event-record.ts'
import type { CategoryUsage } from './unit-of-work.ts'

/**
 * What can be asked of the books. The owner comes first; another owner's records are as good as absent.
 * Only `access` looks across owners, to find out whose books a key opens. An answer shows everything that was
 * stored before it was asked for, however often it was asked before; only the feed may show events a moment later.
 */
export interface Queries {
  readonly categories: CategoryQueries
  readonly expenses: ExpenseQueries
  readonly invoices: InvoiceQueries
  readonly settings: SettingsQueries
  readonly apiKeys: ApiKeyQueries
  readonly access: AccessQueries
  readonly history: HistoryQueries
  readonly feed: FeedQueries
  readonly idempotency: IdempotencyQueries
}

/** Where a page starts: after the row with this sort key and id. Keys compare as the sort says, then ids. */
export interface KeysetPage {
  readonly after: { readonly key: string; readonly id: string } | null
  readonly limit: number
}

export interface CategoryWithUsage extends CategoryUsage {
  readonly category: Category
}

export interface CategoryQueries {
  find(ownerId: string, id: string): Promise<CategoryWithUsage | null>
  /** By folded name in code point order, then id. `words`: each begins a word of the folded name. */
  list(ownerId: string, filter: CategoryFilter, page: KeysetPage): Promise<readonly CategoryWithUsage[]>
}

export interface CategoryFilter {
  readonly words: readonly string[]
}

export interface ExpenseQueries {
  find(ownerId: string, id: string): Promise<Expense | null>
  /** Ids rise and fall with the key they follow. Sort keys: the date, or the amount in minor units. */
  list(
    ownerId: string,
    filter: ExpenseFilter,
    sort: ExpenseSort,
    page: KeysetPage,
  ): Promise<readonly Expense[]>
  /** Exactly one row for each category, month or day that has expenses, in no promised order. */
  summarise(
    ownerId: string,
    filter: ExpenseFilter,
    groupBy: ExpenseGrouping,
  ): Promise<readonly ExpenseGroup[]>
}

/** All conditions hold together; bounds are included; `null` or an empty list asks for nothing. */
export interface ExpenseFilter {
  readonly categoryIds: readonly string[]
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly minMinor: bigint | null
  readonly maxMinor: bigint | null
  /** Each begins a folded word of the description. */
  readonly words: readonly string[]
}

export type ExpenseSort = 'expenseDate' | '-expenseDate' | 'amount' | '-amount'
export type ExpenseGrouping = 'category' | 'month' | 'day'

export interface ExpenseGroup {
  /** The category's id, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly key: string
  /** The category's name, else the key. */
  readonly label: string
  readonly count: number
  readonly totalMinor: bigint
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

export interface FeedQueries {
  /**
   * The owner's events after a position (`null`: from the first), in an order that never gains an event before
   * a position that was handed out. Positions are the adapter's own words.
   */
  list(ownerId: string, page: FeedPage): Promise<readonly FeedEntry[]>
}

export interface FeedPage {
  readonly after: string | null
  /** Only these. */
  readonly types: readonly EventType[]
  readonly limit: number
}

export interface FeedEntry {
  readonly position: string
  readonly record: EventRecord
}

export interface ApiKeyQueries {
  /** The owner's keys that were not revoked, expired ones included: newest id first; the sort key is the id. */
  list(ownerId: string, page: KeysetPage): Promise<readonly ApiKeyWithUse[]>
}

export interface ApiKeyWithUse {
  readonly key: ApiKey
  /** The latest moment that `KeyUses.note` was told, or `null`. */
  readonly lastUsedAt: Instant | null
}

export interface AccessQueries {
  /** The key whose text has exactly this hash, whoever it belongs to, also when it is revoked or expired. */
  findKeyByHash(hash: string): Promise<OwnedApiKey | null>
}

export interface OwnedApiKey extends ApiKeyWithUse {
  readonly ownerId: string
}

export interface SettingsQueries {
  /** The owner's settings, or the defaults as version 0, in the time zone of the owner's record if there is one. */
  get(ownerId: string): Promise<Settings>
}

export interface HistoryQueries {
  /** The aggregate's events below version `before` (`null`: from the last), newest first, also after its deletion. */
  list(
    ownerId: string,
    aggregateType: AggregateType,
    aggregateId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EventRecord[]>
}

export interface IdempotencyQueries {
  /** What a committed transaction of this owner stored under the key within the last 72 hours. */
  find(ownerId: string, key: string): Promise<IdempotencyRecord | null>
}

export interface IdempotencyRecord {
  readonly fingerprint: string
  /** The text that `toStored` made of the first result. */
  readonly result: string
}
