import { counted, type ErrorMessages } from '../kernel/errors/error-messages.ts'

export interface PayablesErrors {
  readonly invoice_probable_duplicate: { readonly twinId: string; readonly number: string }
  readonly invoice_already_settled: { readonly invoiceId: string }
  readonly invoice_void: { readonly invoiceId: string }
  readonly invoice_has_payments: { readonly paymentCount: number }
  readonly amount_frozen: { readonly invoiceId: string }
  readonly payment_exceeds_balance: { readonly balance: string; readonly currency: string }
  readonly payment_already_reversed: { readonly paymentId: string }
}

export const payablesMessages: ErrorMessages<PayablesErrors> = {
  invoice_probable_duplicate: ({ twinId, number }) =>
    `The invoice is probably a duplicate of invoice ${number} (id ${twinId}). If it is a different bill, send a duplicateReason.`,
  invoice_already_settled: ({ invoiceId }) => `The invoice ${invoiceId} is already paid in full.`,
  invoice_void: ({ invoiceId }) => `The invoice ${invoiceId} is void.`,
  invoice_has_payments: ({ paymentCount }) =>
    `The invoice has ${counted(paymentCount, 'payment')}. Reverse all payments first.`,
  amount_frozen: () =>
    'The amounts of an invoice cannot change after its first payment. Void the invoice and enter it again.',
  payment_exceeds_balance: ({ balance, currency }) =>
    `The payment exceeds the balance of the invoice, ${balance} ${currency}.`,
  payment_already_reversed: ({ paymentId }) => `The payment ${paymentId} is already reversed.`,
}
