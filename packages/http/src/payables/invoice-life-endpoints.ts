import { type Books, invoiceView, paymentInput, reasonInput, urgencyInput } from '@daftari/application'
import { created, record } from '../endpoint/answer.ts'
import type { DocumentedAnswer } from '../endpoint/endpoint.ts'
import { type Route, route } from '../endpoint/route.ts'
import { currentInvoice, INVOICES as tag } from './current-invoice.ts'

const changed: readonly DocumentedAnswer[] = [
  { status: 200, description: 'The invoice after the change.', view: invoiceView(), headers: ['ETag'] },
]

/** The operations on an existing invoice: payment, reversal, urgency and void. */
export function invoiceLifeEndpoints(books: Books): readonly Route[] {
  const { invoices } = books
  const current = currentInvoice(books)
  return [
    route({
      method: 'POST',
      path: '/invoices/:id/payments',
      scope: 'write',
      operationId: 'recordPayment',
      tag,
      summary: 'Record a payment of a part or the whole balance',
      body: paymentInput,
      current,
      isVersionOptional: true,
      answers: [
        {
          status: 201,
          description: 'The invoice with the payment.',
          view: invoiceView(),
          headers: ['ETag', 'Location'],
        },
      ],
      refusals: ['payment_exceeds_balance', 'invoice_void', 'invoice_already_settled'],
      handle: async ({ scope, id, body, precondition, url }) => {
        const invoice = await invoices.recordPayment(scope, { invoiceId: id, ...precondition }, body)
        return created(invoice, url.replace('/:id/payments', ''))
      },
    }),
    route({
      method: 'POST',
      path: '/invoices/:id/payments/:partId/reversal',
      scope: 'write',
      operationId: 'reversePayment',
      tag,
      summary: 'Reverse a recorded payment',
      body: reasonInput,
      current,
      answers: changed,
      refusals: ['payment_already_reversed'],
      handle: async ({ scope, id, partId, body, precondition }) => {
        const target = { invoiceId: id, paymentId: partId, ...precondition }
        return record(await invoices.reversePayment(scope, target, body))
      },
    }),
    route({
      method: 'PUT',
      path: '/invoices/:id/urgency',
      scope: 'write',
      operationId: 'setUrgency',
      tag,
      summary: 'Set the urgency by hand; it stays until it is cleared',
      body: urgencyInput,
      current,
      answers: changed,
      refusals: ['invoice_void', 'invoice_already_settled'],
      handle: async ({ scope, id, body, precondition }) =>
        record(await invoices.setUrgency(scope, { invoiceId: id, ...precondition }, body)),
    }),
    route({
      method: 'DELETE',
      path: '/invoices/:id/urgency',
      scope: 'write',
      operationId: 'clearUrgency',
      tag,
      summary: 'Clear the urgency set by hand, so that it is calculated from the due date again',
      current,
      answers: changed,
      refusals: ['invoice_void', 'invoice_already_settled'],
      handle: async ({ scope, id, precondition }) =>
        record(await invoices.clearUrgency(scope, { invoiceId: id, ...precondition })),
    }),
    route({
      method: 'POST',
      path: '/invoices/:id/void',
      scope: 'write',
      operationId: 'voidInvoice',
      tag,
      summary: 'Make an invoice void',
      body: reasonInput,
      current,
      answers: changed,
      refusals: ['invoice_void', 'invoice_has_payments'],
      handle: async ({ scope, id, body, precondition }) =>
        record(await invoices.void(scope, { invoiceId: id, ...precondition }, body)),
    }),
  ]
}
