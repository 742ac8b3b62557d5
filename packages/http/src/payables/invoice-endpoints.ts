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
      summary: 'List invoices, by default the earliest due date first',
      description: '`overdue` is not a status. To find overdue invoices, use `overdue=true`.',
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
      summary: "Register a supplier's invoice",
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
      summary: 'Sum the open balances by urgency and currency',
      answers: [{ status: 200, description: 'The sums of the balances.', view: invoiceSummaryView() }],
      handle: async ({ scope }) => shown(await invoices.summarise(scope)),
    }),
    route({
      method: 'GET',
      path: '/invoices/:id',
      scope: 'read',
      operationId: 'getInvoice',
      tag,
      summary: 'Get an invoice',
      answers: [{ status: 200, description: 'The invoice.', view: invoiceView(), headers: etag }],
      handle: async ({ scope, id }) => record(await invoices.get(scope, { invoiceId: id })),
    }),
    route({
      method: 'PATCH',
      path: '/invoices/:id',
      scope: 'write',
      operationId: 'updateInvoice',
      tag,
      summary: 'Change an invoice',
      description: 'Amounts and currency cannot change after the first payment.',
      body: invoiceChange,
      current: currentInvoice(books),
      answers: [
        { status: 200, description: 'The invoice after the change.', view: invoiceView(), headers: etag },
      ],
      refusals: ['invoice_void', 'amount_frozen', 'invoice_probable_duplicate', 'attachment_not_found'],
      handle: async ({ scope, id, body, precondition }) =>
        record(await invoices.update(scope, { invoiceId: id, ...precondition }, body)),
    }),
  ]
}
