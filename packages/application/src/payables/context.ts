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

/** What must be paid, how soon, and what was paid of it. */
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
      title: 'Probably the same invoice again',
      remedy:
        'Look at the invoice that `twinId` names. If this is another bill, say why in `duplicateReason`.',
      details: ['twinId', 'number'],
    },
    invoice_already_settled: {
      status: 'conflict',
      title: 'The invoice is paid already',
      remedy: 'Nothing is left to pay.',
      details: ['invoiceId'],
    },
    invoice_void: {
      status: 'conflict',
      title: 'The invoice is void',
      remedy: 'It is never due; enter a new invoice instead.',
      details: ['invoiceId'],
    },
    invoice_has_payments: {
      status: 'conflict',
      title: 'The invoice has payments',
      remedy: 'Take its payments back first.',
      details: ['paymentCount'],
    },
    amount_frozen: {
      status: 'conflict',
      title: 'The amounts are frozen',
      remedy:
        'Amounts can change only until the first payment, also when it was taken back. Void the invoice and enter it anew.',
      details: ['invoiceId'],
    },
    payment_exceeds_balance: {
      status: 'invalid',
      title: 'The payment is more than what is left to pay',
      remedy: 'Pay at most the `balance` of the invoice.',
      details: ['balance', 'currency'],
    },
    payment_already_reversed: {
      status: 'conflict',
      title: 'The payment was taken back already',
      remedy: 'It counts no more; there is nothing to do.',
      details: ['paymentId'],
    },
  },
} as const satisfies Context<PayablesTypes>
