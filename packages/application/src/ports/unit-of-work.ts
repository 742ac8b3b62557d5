import type {
  ApiKey,
  ApiKeyId,
  Attachment,
  AttachmentId,
  Category,
  CategoryId,
  DomainEvent,
  Expense,
  ExpenseId,
  Instant,
  Invoice,
  InvoiceId,
  Settings,
} from '@daftari/domain'

/** Whose books a transaction writes, who writes, and under which key its result is remembered. */
export interface TransactionScope {
  readonly ownerId: string
  readonly actorId: string
  readonly idempotency: RememberedResult | null
}

export interface RememberedResult {
  readonly key: string
  readonly fingerprint: string
  /** The text to store for the result: its JSON, sealed when it holds a secret. Adapters store it untouched. */
  readonly toStored: (result: unknown) => string
}

/** Everything or nothing. */
export interface UnitOfWork {
  /**
   * Runs `work` and stores what it staged, in the order staged, when it ends; stores nothing when it throws.
   * Writes are sent when something is read on `tx`, when a nested `transact` ends, or when `work` ends:
   * a stale version or a broken constraint therefore rejects there, never at the staging call. Whoever catches
   * such a refusal goes on in vain: the transaction rejects with the same code when `work` ends, and stores nothing.
   * With `scope.idempotency`, what `toStored` makes of the result is stored under the key in the same transaction;
   * a key that is already there rejects with `idempotency_in_progress` and stores nothing.
   * `work` may run again after a conflict, so it does nothing outside `tx`.
   */
  transact<Result>(scope: TransactionScope, work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

/** The books of one owner while they are being changed. Reads see what was staged before them. */
export interface Transaction {
  readonly categories: CategoryRepository
  readonly expenses: ExpenseRepository
  readonly invoices: InvoiceRepository
  readonly attachments: AttachmentRepository
  readonly settings: SettingsRepository
  readonly apiKeys: ApiKeyRepository
  readonly events: EventLog
  /**
   * A savepoint: when `work` throws or what it staged is refused, that is undone and the transaction goes on. What
   * was staged wrongly before the savepoint is refused at the end all the same.
   */
  transact<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

/** `update` and `delete` carry the version that was read; a stale one makes `transact` throw `concurrent_change`. */
export interface CategoryRepository {
  /** All categories of the owner; no other transaction adds or renames one until this one ends. */
  lockAll(): Promise<readonly Category[]>
  find(id: CategoryId): Promise<Category | null>
  /** The categories among `ids` that exist, each once though it be named twice, in no promised order. */
  findMany(ids: readonly CategoryId[]): Promise<readonly Category[]>
  /** A name whose folded form is taken makes `transact` throw `category_name_taken`. */
  insert(category: Category): void
  /** As `insert`, of names. */
  update(category: Category, expectedVersion: number): void
  /** A category that expenses still use is never removed: `transact` throws `category_in_use`. */
  delete(category: Category): void
}

export interface ExpenseRepository {
  find(id: ExpenseId): Promise<Expense | null>
  /** Every expense filed under the category, oldest id first, `limit` at most. */
  listByCategory(categoryId: CategoryId, limit: number): Promise<readonly Expense[]>
  /** How many expenses use the category, and what they add up to. */
  usageOf(categoryId: CategoryId): Promise<CategoryUsage>
  /** Whether the owner has any expense. */
  exist(): Promise<boolean>
  /** A category that is not the owner's makes `transact` throw `category_not_found`. */
  insert(expense: Expense): void
  /** As `insert`, of categories. */
  update(expense: Expense, expectedVersion: number): void
  delete(expense: Expense): void
}

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

export interface AttachmentRepository {
  /** The files among `ids` that are there, each once though it be named twice, in no promised order. */
  findMany(ids: readonly AttachmentId[]): Promise<readonly Attachment[]>
  insert(attachment: Attachment): void
  /**
   * Marks the files as linked, for good; one that is linked already stays as it is, and one may be named twice. One
   * that is not there makes `transact` throw `attachment_not_found`, and none is marked.
   */
  link(ids: readonly AttachmentId[], at: Instant): void
}

export interface CategoryUsage {
  readonly expenseCount: number
  readonly totalMinor: bigint
}

export interface ApiKeyRepository {
  /** The key, also when it is revoked or expired. */
  find(id: ApiKeyId): Promise<ApiKey | null>
  /**
   * `hash` is all that is kept of the key's text. No two keys of all owners share one: a hash that is there already
   * is a defect of the caller and makes `transact` reject plainly.
   */
  insert(key: ApiKey, hash: string): void
  /** Leaves the hash and the last use as they are. */
  update(key: ApiKey, expectedVersion: number): void
}

export interface SettingsRepository {
  /** As `SettingsQueries.get`. */
  get(): Promise<Settings>
  /** The first change of an owner's settings expects version 0. */
  update(settings: Settings, expectedVersion: number): void
}

export interface EventLog {
  /** Each event is the next version of its aggregate; a version that is there already makes `transact` throw `concurrent_change`. */
  append(events: readonly DomainEvent[]): void
}
