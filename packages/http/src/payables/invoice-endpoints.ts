import {
  type Books,
  createInvoiceInput,
  invoiceChange,
  invoiceSummaryView,
  invoiceView,
  listInvoicesInput,
  pageView,
} from '@daftari/application'
import { created, record, shown } from '../endpoint/answer.ts'
import { type Route, route } from '../endpoint/route.ts'
import { currentInvoice, INVOICES as tag } from './current-invoice.ts'

const etag = ['ETag'] as const

/** `/v1/invoices` */
export function invoiceEndpoints(books: Books): readonly Route[] {
  const { invoices } = books
  return [
    route({
      method: 'GET',
      path: '/invoices',
      scope: 'read',
      operationId: 'listInvoices',
      tag,
      summary: 'List the invoices, what is due first first',
      description: '`overdue` is no status: ask for `overdue=true`.',
      query: listInvoicesInput,
      lists: ['status', 'urgency'],
      flags: ['overdue'],
      answers: [{ status: 200, description: 'A page of invoices.', view: pageView(invoiceView()) }],
      refusals: ['invalid_cursor'],
      handle: async ({ scope, query }) => shown(await invoices.list(scope, query)),
    }),
    route({
      method: 'POST',
      path: '/invoices',
      scope: 'write',
      operationId: 'createInvoice',
      tag,
      summary: "Enter a supplier's invoice",
      body: createInvoiceInput,
      answers: [
        { status: 201, description: 'The new invoice.', view: invoiceView(), headers: ['ETag', 'Location'] },
      ],
      refusals: ['invoice_probable_duplicate', 'attachment_not_found'],
      handle: async ({ scope, body, url }) => created(await invoices.create(scope, body), url),
    }),
    route({
      method: 'GET',
      path: '/invoices/summary',
      scope: 'read',
      operationId: 'summariseInvoices',
      tag,
      summary: 'What is still to be paid, by urgency and currency',
      answers: [{ status: 200, description: 'The sums of the balances.', view: invoiceSummaryView() }],
      handle: async ({ scope }) => shown(await invoices.summarise(scope)),
    }),
    route({
      method: 'GET',
      path: '/invoices/:id',
      scope: 'read',
      operationId: 'getInvoice',
      tag,
      summary: 'Look at an invoice',
      answers: [{ status: 200, description: 'The invoice.', view: invoiceView(), headers: etag }],
      handle: async ({ scope, id }) => record(await invoices.get(scope, { invoiceId: id })),
    }),
    route({
      method: 'PATCH',
      path: '/invoices/:id',
      scope: 'write',
      operationId: 'updateInvoice',
      tag,
      summary: 'Correct an invoice',
      description: 'Amounts and currency are frozen from the first payment on.',
      body: invoiceChange,
      current: currentInvoice(books),
      answers: [
        { status: 200, description: 'The invoice as it is now.', view: invoiceView(), headers: etag },
      ],
      refusals: ['invoice_void', 'amount_frozen', 'invoice_probable_duplicate', 'attachment_not_found'],
      handle: async ({ scope, id, body, precondition }) =>
        record(await invoices.update(scope, { invoiceId: id, ...precondition }, body)),
    }),
  ]
}
