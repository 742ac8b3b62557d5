import {
  type Books,
  type HistoryKind,
  historyEntryView,
  listHistoryInput,
  pageView,
} from '@daftari/application'
import { shown } from '../endpoint/answer.ts'
import { type Route, route } from '../endpoint/route.ts'

/** `/v1/{categories|expenses|invoices}/{id}/history` */
export function historyEndpoints(books: Books): readonly Route[] {
  return [
    historyOf(books, 'category', {
      collection: 'categories',
      operationId: 'listCategoryHistory',
      tag: 'Categories',
    }),
    historyOf(books, 'expense', {
      collection: 'expenses',
      operationId: 'listExpenseHistory',
      tag: 'Expenses',
    }),
    historyOf(books, 'invoice', {
      collection: 'invoices',
      operationId: 'listInvoiceHistory',
      tag: 'Invoices',
    }),
  ]
}

interface Naming {
  readonly collection: string
  readonly operationId: string
  readonly tag: string
}

function historyOf({ history }: Books, kind: HistoryKind, { collection, operationId, tag }: Naming): Route {
  return route({
    method: 'GET',
    path: `/${collection}/:id/history`,
    scope: 'read',
    operationId,
    tag,
    summary: `What happened to the ${kind}, newest first, also after its deletion`,
    query: listHistoryInput,
    answers: [{ status: 200, description: 'A page of what happened.', view: pageView(historyEntryView()) }],
    refusals: ['invalid_cursor'],
    handle: async ({ scope, id, query }) => shown(await history.list(scope, { ...query, kind, id })),
  })
}
