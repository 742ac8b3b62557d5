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
    `This is probably invoice ${number} again, which is ${twinId}; give a duplicateReason if it is not.`,
  invoice_already_settled: ({ invoiceId }) => `The invoice ${invoiceId} is paid already.`,
  invoice_void: ({ invoiceId }) => `The invoice ${invoiceId} is void.`,
  invoice_has_payments: ({ paymentCount }) =>
    `The invoice has ${counted(paymentCount, 'payment')} that must be taken back first.`,
  amount_frozen: () => 'The amounts of the invoice are frozen since its first payment.',
  payment_exceeds_balance: ({ balance, currency }) => `Only ${balance} ${currency} is left to pay.`,
  payment_already_reversed: ({ paymentId }) => `The payment ${paymentId} was taken back already.`,
}
