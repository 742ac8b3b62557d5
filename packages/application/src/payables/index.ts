export { hundredths, invoicePosition } from './invoice/invoice-position.ts'
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
} from './invoice/invoice-shapes.ts'
export type {
  InvoiceFilter,
  InvoiceQueries,
  InvoiceRepository,
  InvoiceSort,
  OpenInvoices,
  UrgencyDay,
} from './ports.ts'
