import type { AttachmentId } from '../src/files/ids.ts'
import type { Attachment } from '../src/files/references.ts'
import { instant } from '../src/kernel/calendar/instant.ts'
import type { LocalDate } from '../src/kernel/calendar/local-date.ts'
import { type Money, of } from '../src/kernel/money/money.ts'
import type { InvoiceId, PaymentId } from '../src/payables/ids.ts'
import type { BillSurroundings } from '../src/payables/invoice/change-invoice.ts'
import type {
  InvoiceFacts,
  OpenInvoice,
  PaidInvoice,
  PartlyPaidInvoice,
  PendingInvoice,
  VoidInvoice,
} from '../src/payables/invoice/invoice.ts'
import { registerInvoice } from '../src/payables/invoice/register-invoice.ts'
import { voidInvoice } from '../src/payables/invoice/void-invoice.ts'
import type { NewPayment } from '../src/payables/payment/payment.ts'
import { recordPayment } from '../src/payables/payment/record-payment.ts'

export const [at, later] = [instant(1_000), instant(2_000)]
export const today = '2026-11-21' as LocalDate

/** Cents of Tanzanian shillings. */
export function tzs(amountMinor: bigint): Money<'TZS'> {
  return of(amountMinor, 'TZS')
}

export const facts: InvoiceFacts = {
  supplier: { name: 'Tanesco', taxId: '100-123-456', iban: null },
  number: 'INV-1',
  issueDate: today,
  dueDate: '2026-12-05' as LocalDate,
  total: tzs(10_000n),
  subtotal: null,
  tax: null,
  notes: null,
  attachmentIds: [],
  duplicateReason: null,
}

function linkedFile(id: string): Attachment {
  const about = {
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 5,
    sha256: '0'.repeat(64),
    storeId: 'a store',
  }
  const recorded = { createdAt: at, createdBy: 'amina', updatedAt: at }
  return { id: id as AttachmentId, ...about, state: 'linked', expiresAt: null, ...recorded }
}

/** No other bill has the number, and the files `a`, `b` and `c` are there. */
export const alone: BillSurroundings = { sameNumber: [], files: ['a', 'b', 'c'].map(linkedFile) }

/** A bill of 100 shillings, unless told otherwise. */
export function pending(given: Partial<InvoiceFacts> = {}, id = 'bill'): PendingInvoice {
  return registerInvoice({ id: id as InvoiceId, ...facts, ...given, at, by: 'amina' }, alone).state
}

export function payment(amountMinor: bigint, id = 'one', given: Partial<NewPayment> = {}): NewPayment {
  const amount = tzs(amountMinor)
  return { id: id as PaymentId, amount, paidOn: today, method: 'bank', reference: null, ...given }
}

export function pay(invoice: OpenInvoice, amountMinor: bigint, id = 'one'): PartlyPaidInvoice | PaidInvoice {
  return recordPayment(invoice, payment(amountMinor, id), { at, by: 'amina', today }).state
}

/** The bill with 40 of its 100 shillings paid. */
export function partlyPaid(): PartlyPaidInvoice {
  const invoice = pay(pending(), 4_000n)
  if (invoice.status !== 'partly_paid') throw new Error(`the invoice is ${invoice.status}`)
  return invoice
}

export function paid(): PaidInvoice {
  const invoice = pay(pending(), 10_000n)
  if (invoice.status !== 'paid') throw new Error(`the invoice is ${invoice.status}`)
  return invoice
}

export function voided(): VoidInvoice {
  return voidInvoice(pending(), 'Entered by mistake', at).state
}
