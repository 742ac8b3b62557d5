export type { InvoiceId, PaymentId } from './ids.ts'
export { type BillSurroundings, changeInvoice, decideChange } from './invoice/change-invoice.ts'
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
  type StandingInvoice,
  type VoidInvoice,
} from './invoice/invoice.ts'
export { type NewInvoice, registerInvoice } from './invoice/register-invoice.ts'
export { decideVoid, voidInvoice } from './invoice/void-invoice.ts'
export {
  type NewPayment,
  PAYMENT_METHODS,
  type Payment,
  type PaymentMethod,
  type Reversal,
} from './payment/payment.ts'
export { decidePayment, recordPayment } from './payment/record-payment.ts'
export { decideReversal, findPayment, reversePayment } from './payment/reverse-payment.ts'
export type { PayablesSettings, UrgencyDays } from './settings-section.ts'
export { isSameSupplier, parseIban, type Supplier, supplierKey } from './supplier/supplier.ts'
export { type Urgency, urgencyOf } from './urgency/invoice-urgency.ts'
export {
  clearUrgency,
  decideClearance,
  decideUrgency,
  overrideUrgency,
} from './urgency/override-urgency.ts'
export {
  URGENCY_LEVELS,
  type UrgencyLevel,
  type UrgencyOverride,
  urgencyLevel,
  urgencyRank,
} from './urgency/urgency.ts'
