import type { InvoiceEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { invoiceEvents } from './example-events.ts'
import { invoiceRecord } from './invoice/invoice-json.ts'
import { invoiceView } from './invoice/invoice-shapes.ts'
import type { PayablesReads, PayablesTransaction } from './ports.ts'

interface PayablesTypes {
  readonly event: InvoiceEvent
  readonly transaction: PayablesTransaction
  readonly reads: PayablesReads
}

/** Invoices, their urgency and their payments. */
export const payables = {
  types: typesOf<PayablesTypes>(),
  aggregates: {
    invoice: {
      record: invoiceRecord,
      hasHistory: true,
      published: {
        recordView: () =>
          invoiceView()
            .omit({ paid: true, balance: true, isOverdue: true })
            .extend({
              urgency: invoiceView().shape.urgency.unwrap().omit({ daysUntilDue: true }).nullable(),
            }),
        events: {
          'invoice.registered': 'creates',
          'invoice.updated': 'changes',
          'invoice.payment_recorded': 'changes',
          'invoice.payment_reversed': 'changes',
          'invoice.paid': 'changes',
          'invoice.voided': 'changes',
          'invoice.urgency_overridden': 'changes',
          'invoice.urgency_cleared': 'changes',
        },
        examples: invoiceEvents,
      },
    },
  },
  errors: {
    invoice_probable_duplicate: {
      status: 'conflict',
      title: 'The invoice is probably a duplicate',
      remedy:
        'Compare with the invoice `twinId`. If this is a different bill, give the reason in `duplicateReason`.',
      details: ['twinId', 'number'],
    },
    invoice_already_settled: {
      status: 'conflict',
      title: 'The invoice is already paid in full',
      remedy: 'Nothing is left to pay.',
      details: ['invoiceId'],
    },
    invoice_void: {
      status: 'conflict',
      title: 'The invoice is void',
      remedy: 'A void invoice cannot change or be paid. Enter a new invoice instead.',
      details: ['invoiceId'],
    },
    invoice_has_payments: {
      status: 'conflict',
      title: 'The invoice has payments',
      remedy: 'Reverse all payments of the invoice first.',
      details: ['paymentCount'],
    },
    amount_frozen: {
      status: 'conflict',
      title: 'The amounts are frozen',
      remedy:
        'Amounts cannot change after the first payment, even when that payment was reversed. Reverse all payments, void the invoice and enter it again.',
      details: ['invoiceId'],
    },
    payment_exceeds_balance: {
      status: 'invalid',
      title: 'The payment exceeds the balance of the invoice',
      remedy: 'Pay at most the `balance` of the invoice.',
      details: ['balance', 'currency'],
    },
    payment_already_reversed: {
      status: 'conflict',
      title: 'The payment is already reversed',
      remedy: 'Nothing to do: a reversed payment does not count.',
      details: ['paymentId'],
    },
  },
} as const satisfies Context<PayablesTypes>
