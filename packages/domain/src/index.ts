import * as money from './kernel/money/index.ts'

export {
  type ApiKey,
  type ApiKeyEvent,
  createApiKey,
  isUsable,
  KEY_SCOPES,
  type KeyScope,
  type NewApiKey,
  revokeApiKey,
} from './access/api-key.ts'
export type { ApiKeyId, OwnerId } from './access/ids.ts'
export type { Owner } from './access/owner.ts'
export {
  carriedOut,
  type DeliveryOrder,
  type DeliveryOrderEvent,
  type NewDeliveryOrder,
} from './delivery/delivery-order.ts'
export type { DeliveryOrderId, SubscriptionId } from './delivery/ids.ts'
export {
  type NewSubscription,
  pauseSubscription,
  removeSubscription,
  type Subscription,
  type SubscriptionEvent,
  subscribe,
} from './delivery/subscription.ts'
export type { DomainErrorCode, DomainErrorDetails } from './error-details.ts'
export type { Attachment, AttachmentEvent } from './files/attachment.ts'
export { type FileKey, type FilePlace, fileKey, parseFileKey } from './files/file-key.ts'
export { FILE_HEAD_BYTES, FILE_TYPES, type FileType, fileTypeOf } from './files/file-type.ts'
export type { AttachmentId } from './files/ids.ts'
export { requireAttachments } from './files/references.ts'
export { formatInstant, type Instant, instant, parseInstant } from './kernel/calendar/instant.ts'
export {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dayNumberOf,
  daysBetween,
  type LocalDate,
  type LocalMonth,
  localDateOfDayNumber,
  monthOf,
  parseLocalDate,
} from './kernel/calendar/local-date.ts'
export { isTimeZone, localDateAt, type TimeZone } from './kernel/calendar/time-zone.ts'
export { type AnyDomainError, DomainError, isDomainError } from './kernel/errors/domain-error.ts'
export type { FieldError, FieldErrorCode } from './kernel/errors/field-error.ts'
export { type Decision, unchanged } from './kernel/events/decision.ts'
export type { Fact } from './kernel/events/fact.ts'
export type { Occasion } from './kernel/events/occasion.ts'
export { type Id, isUuid } from './kernel/identity/id.ts'
export type { Recorded } from './kernel/identity/recorded.ts'
export type { Currency } from './kernel/money/currency.ts'
export type { DisplayLocale } from './kernel/money/display-money.ts'
export type { Money } from './kernel/money/money.ts'
export type { Rounding } from './kernel/money/ratio.ts'
export { compareText } from './kernel/text/compare-text.ts'
export { foldName } from './kernel/text/fold-name.ts'
export { foldWords } from './kernel/text/fold-words.ts'
export { parseName } from './kernel/text/parse-name.ts'
export { parseText } from './kernel/text/parse-text.ts'
export type { ParsedText, TextFault } from './kernel/text/parsed-text.ts'
export type { InvoiceId, PaymentId } from './payables/ids.ts'
export { type BillSurroundings, changeInvoice, decideChange } from './payables/invoice/change-invoice.ts'
export { invoiceNumberKey } from './payables/invoice/duplicate.ts'
export {
  balanceOf,
  type Invoice,
  type InvoiceEvent,
  type InvoiceFacts,
  type InvoiceStatus,
  isOpen,
  isOverdue,
  type OpenInvoice,
  type PaidInvoice,
  type PartlyPaidInvoice,
  type PendingInvoice,
  type StandingInvoice,
  type VoidInvoice,
} from './payables/invoice/invoice.ts'
export { type NewInvoice, registerInvoice } from './payables/invoice/register-invoice.ts'
export { decideVoid, voidInvoice } from './payables/invoice/void-invoice.ts'
export {
  type NewPayment,
  PAYMENT_METHODS,
  type Payment,
  type PaymentMethod,
  type Reversal,
} from './payables/payment/payment.ts'
export { decidePayment, recordPayment } from './payables/payment/record-payment.ts'
export { decideReversal, findPayment, reversePayment } from './payables/payment/reverse-payment.ts'
export type { PayablesSettings, UrgencyDays } from './payables/settings-section.ts'
export { isSameSupplier, parseIban, type Supplier, supplierKey } from './payables/supplier/supplier.ts'
export { type Urgency, urgencyOf } from './payables/urgency/invoice-urgency.ts'
export {
  clearUrgency,
  decideClearance,
  decideUrgency,
  overrideUrgency,
} from './payables/urgency/override-urgency.ts'
export {
  URGENCY_LEVELS,
  type UrgencyLevel,
  type UrgencyOverride,
  urgencyLevel,
  urgencyRank,
} from './payables/urgency/urgency.ts'
export {
  changeSettings,
  defaultSettings,
  type Settings,
  type SettingsChange,
  type SettingsContext,
  type SettingsEvent,
} from './settings/settings.ts'
export {
  type Category,
  type CategoryEvent,
  createCategory,
  deleteCategory,
  type NewCategory,
  renameCategory,
} from './spending/category/category.ts'
export {
  changeExpense,
  deleteExpense,
  type Expense,
  type ExpenseEvent,
  moveExpense,
  type NewExpense,
  recordExpense,
} from './spending/expense/expense.ts'
export type { ExpenseFacts } from './spending/expense/expense-facts.ts'
export { brokenRules, type ExpenseRules } from './spending/expense/expense-rules.ts'
export type { CategoryId, ExpenseId } from './spending/ids.ts'
export type { ExpensePolicy, SpendingSettings } from './spending/settings-section.ts'
export { money }
