import * as money from './money/index.ts'

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
export { type Attachment, type AttachmentEvent, requireAttachments } from './attachment/attachment.ts'
export { formatInstant, type Instant, instant, parseInstant } from './calendar/instant.ts'
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
} from './calendar/local-date.ts'
export { isTimeZone, localDateAt, type TimeZone } from './calendar/time-zone.ts'
export {
  type Category,
  type CategoryEvent,
  createCategory,
  deleteCategory,
  type NewCategory,
  renameCategory,
} from './category/category.ts'
export type { AggregateType, DomainEvent, EventType } from './domain-event.ts'
export type { DomainErrorCode, DomainErrorDetails } from './error-details.ts'
export { type AnyDomainError, DomainError, isDomainError } from './errors/domain-error.ts'
export type { FieldError, FieldErrorCode } from './errors/field-error.ts'
export { type Decision, unchanged } from './events/decision.ts'
export type { Fact } from './events/fact.ts'
export {
  changeExpense,
  deleteExpense,
  type Expense,
  type ExpenseEvent,
  moveExpense,
  type NewExpense,
  recordExpense,
} from './expense/expense.ts'
export type { ExpenseFacts } from './expense/expense-facts.ts'
export { brokenRules, type ExpenseRules } from './expense/expense-rules.ts'
export type { AttachmentId } from './files/ids.ts'
export { type Id, isUuid } from './identity/id.ts'
export type { Recorded } from './identity/recorded.ts'
export { changeInvoice } from './invoice/change-invoice.ts'
export { invoiceNumberKey } from './invoice/duplicate.ts'
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
  requireOpen,
  requireStanding,
  type StandingInvoice,
  type VoidInvoice,
} from './invoice/invoice.ts'
export { refuseBadTotals } from './invoice/invoice-totals.ts'
export { type Urgency, urgencyOf } from './invoice/invoice-urgency.ts'
export { clearUrgency, overrideUrgency } from './invoice/override-urgency.ts'
export {
  type NewPayment,
  type Occasion,
  PAYMENT_METHODS,
  type Payment,
  type PaymentMethod,
  type Reversal,
} from './invoice/payment.ts'
export { recordPayment, refuseBadPayment } from './invoice/record-payment.ts'
export { type NewInvoice, registerInvoice } from './invoice/register-invoice.ts'
export { findPayment, reversePayment } from './invoice/reverse-payment.ts'
export { isSameSupplier, parseIban, type Supplier, supplierKey } from './invoice/supplier.ts'
export {
  URGENCY_LEVELS,
  type UrgencyLevel,
  type UrgencyOverride,
  urgencyLevel,
  urgencyRank,
} from './invoice/urgency.ts'
export { voidInvoice } from './invoice/void-invoice.ts'
export type { Currency } from './money/currency.ts'
export type { DisplayLocale } from './money/display-money.ts'
export type { Money } from './money/money.ts'
export type { Rounding } from './money/ratio.ts'
export type { InvoiceId, PaymentId } from './payables/ids.ts'
export type { PayablesSettings, UrgencyDays } from './payables/settings-section.ts'
export {
  changeSettings,
  defaultSettings,
  type Settings,
  type SettingsChange,
  type SettingsContext,
  type SettingsEvent,
} from './settings/settings.ts'
export type { CategoryId, ExpenseId } from './spending/ids.ts'
export type { ExpensePolicy, SpendingSettings } from './spending/settings-section.ts'
export { compareText } from './text/compare-text.ts'
export { foldName } from './text/fold-name.ts'
export { foldWords } from './text/fold-words.ts'
export { parseName } from './text/parse-name.ts'
export { parseText } from './text/parse-text.ts'
export type { ParsedText, TextFault } from './text/parsed-text.ts'
export { money }
