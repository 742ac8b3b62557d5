import { historyRoute } from '../endpoint/history-route.ts'
import type { HttpContext } from '../endpoint/http-context.ts'
import { payablesExamples } from './examples.ts'
import { invoiceEndpoints } from './invoice-endpoints.ts'
import { invoiceLifeEndpoints } from './invoice-life-endpoints.ts'

export const payables: HttpContext = {
  tags: [{ name: 'Invoices', description: 'Invoices of suppliers, their urgency and their payments.' }],
  examples: payablesExamples,
  routes: (books) => [
    ...invoiceEndpoints(books),
    ...invoiceLifeEndpoints(books),
    historyRoute(books, 'invoice', {
      collection: 'invoices',
      operationId: 'listInvoiceHistory',
      tag: 'Invoices',
    }),
  ],
}
