export type { AnyDomainError, DomainErrorCode, FieldError, KeyScope, Subscription } from '@daftari/domain'
export { DomainError, isDomainError } from '@daftari/domain'
export {
  type ApiKeyTarget,
  type ApiKeyView,
  apiKeyView,
  type CreateApiKeyInput,
  type CreatedApiKeyView,
  createApiKeyInput,
  createdApiKeyView,
  type ListApiKeysInput,
  listApiKeysInput,
} from './access/api-key-shapes.ts'
export type { Authenticated } from './access/authenticate.ts'
export type { CreateOwnerInput, ListOwnersInput, OwnerView } from './access/owner-shapes.ts'
export type {
  AccessQueries,
  ApiKeyQueries,
  ApiKeyRepository,
  ApiKeyWithUse,
  KeyUses,
  OwnedApiKey,
  Owners,
} from './access/ports.ts'
export { type Books, createBooks } from './books.ts'
export {
  type AggregateType,
  type DomainEvent,
  EVENT_TYPES,
  type EventType,
  errorMeanings,
  type HistoryKind,
  type PublicEventType,
} from './contexts.ts'
export { BREAKER_OPENS_AFTER, BREAKER_PAUSES_MS, backOffMs } from './delivery/breaker.ts'
export type {
  DeliveryView,
  HandlerView,
  ListDeliveriesInput,
  RegisterHandlerInput,
  ReplayInput,
} from './delivery/delivery-shapes.ts'
export { type DeliveryStatsView, deliveryStatsJson } from './delivery/delivery-stats.ts'
export { createDispatcher, type Dispatcher, type Processed } from './delivery/dispatcher.ts'
export {
  type DispatcherOptions,
  outboxProfile,
  type SeedOptions,
  seedOptions,
} from './delivery/dispatcher-options.ts'
export { dueSubscriptions } from './delivery/due-subscriptions.ts'
export { inProcessSenders } from './delivery/in-process-senders.ts'
export type {
  Arrival,
  Attempt,
  Claimed,
  ClaimRequest,
  Delivery,
  DeliveryFilter,
  DeliveryQueries,
  DeliveryRepository,
  DeliveryStats,
  DeliveryStatus,
  DispatchStore,
  HeldShard,
  Lease,
  LeaseRequest,
  Outcome,
  ReplayRange,
  Send,
  Senders,
  SubscriptionRepository,
  WakeUps,
  Wanted,
} from './delivery/ports.ts'
export { DISPATCH_SHARDS } from './delivery/ports.ts'
export type { Handle } from './delivery/register-handler.ts'
export type {
  ByteRange,
  FileStore,
  LinkingFileStore,
  LinkOptions,
  ListedFile,
  ReceivedFile,
  StoredFile,
} from './files/file-store.ts'
export type { AttachmentRepository } from './files/ports.ts'
export { type EventTypeView, eventSchema } from './history/list-event-types.ts'
export { type FeedView, type ListFeedInput, listFeedInput } from './history/list-feed.ts'
export {
  type HistoryEntryView,
  historyEntryView,
  type ListHistoryInput,
  listHistoryInput,
} from './history/list-history.ts'
export type { FeedEntry, FeedPage, FeedQueries, HistoryQueries } from './history/ports.ts'
export {
  type BulkError,
  type BulkInput,
  type BulkResult,
  type BulkView,
  bulkBody,
  bulkFrame,
} from './kernel/bulk/bulk.ts'
export type { ErrorMeaning, RefusalStatus } from './kernel/error-meaning.ts'
export { type EventRecord, eventRecord } from './kernel/events/event-record.ts'
export { type EventView, eventView } from './kernel/events/event-view.ts'
export { isReplay } from './kernel/idempotency/idempotent.ts'
export { parse } from './kernel/input/parse.ts'
export { parseQuery } from './kernel/input/parse-query.ts'
export { type Precondition, requireVersion } from './kernel/input/precondition.ts'
export { type MoneyView, moneyView, pageView } from './kernel/input/views.ts'
export { lazily } from './kernel/lazily.ts'
export { type AllOf, merged } from './kernel/merged.ts'
export type { Page } from './kernel/pagination/page.ts'
export type {
  Clock,
  CursorSigner,
  Hashing,
  IdempotencyQueries,
  IdempotencyRecord,
  Ids,
  KeysetPage,
  Random,
  RememberedResult,
  Secrets,
  Sleep,
  Timer,
  TransactionScope,
} from './kernel/ports.ts'
export { ANSWER_KEPT_MS } from './kernel/ports.ts'
export type { Operator, Scope } from './kernel/scope.ts'
export { hundredths, invoicePosition } from './payables/invoice/invoice-position.ts'
export {
  type CreateInvoiceInput,
  createInvoiceInput,
  type InvoiceSummaryView,
  type InvoiceTarget,
  type InvoiceView,
  invoiceChange,
  invoiceSummaryView,
  invoiceView,
  type ListInvoicesInput,
  listInvoicesInput,
  type PaymentTarget,
  paymentInput,
  type ReasonInput,
  type RecordPaymentInput,
  reasonInput,
  type SetUrgencyInput,
  type UpdateInvoiceInput,
  urgencyInput,
} from './payables/invoice/invoice-shapes.ts'
export type {
  InvoiceFilter,
  InvoiceQueries,
  InvoiceRepository,
  InvoiceSort,
  OpenInvoices,
  UrgencyDay,
} from './payables/ports.ts'
export type { EventLog, Ports, Queries, Transaction, UnitOfWork } from './ports.ts'
export type { SettingsQueries, SettingsRepository } from './settings/ports.ts'
export {
  type SettingsTarget,
  type SettingsView,
  settingsChange,
  settingsView,
  type UpdateSettingsInput,
} from './settings/settings-shapes.ts'
export {
  type CategoryTarget,
  type CategoryView,
  type CreateCategoryInput,
  categoryChange,
  categoryView,
  createCategoryInput,
  type DeleteCategoryInput,
  deleteCategoryQuery,
  type ListCategoriesInput,
  listCategoriesInput,
  type UpdateCategoryInput,
} from './spending/category/category-shapes.ts'
export {
  type CreateExpenseInput,
  createExpenseInput,
  type ExpenseSummaryView,
  type ExpenseTarget,
  type ExpenseView,
  type ExportExpensesInput,
  expenseChange,
  expenseSummaryView,
  expenseView,
  exportExpensesInput,
  type ListExpensesInput,
  listExpensesInput,
  type SummariseExpensesInput,
  summariseExpensesInput,
  type UpdateExpenseInput,
} from './spending/expense/expense-shapes.ts'
export {
  type ImportExpensesInput,
  type ImportView,
  importView,
  type RejectedRow,
} from './spending/expense/import-expenses.ts'
export type {
  CategoryFilter,
  CategoryQueries,
  CategoryRepository,
  CategoryUsage,
  CategoryWithUsage,
  ExpenseFilter,
  ExpenseGroup,
  ExpenseGrouping,
  ExpenseQueries,
  ExpenseRepository,
  ExpenseSort,
} from './spending/ports.ts'
