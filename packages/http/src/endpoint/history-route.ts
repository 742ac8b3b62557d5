import {
  type Books,
  type HistoryKind,
  historyEntryView,
  listHistoryInput,
  pageView,
} from '@daftari/application'
import { shown } from './answer.ts'
import { type Route, route } from './route.ts'

interface Naming {
  readonly collection: string
  readonly operationId: string
  readonly tag: string
}

/** `/v1/{collection}/{id}/history` */
export function historyRoute(
  { history }: Books,
  kind: HistoryKind,
  { collection, operationId, tag }: Naming,
): Route {
  return route({
    method: 'GET',
    path: `/${collection}/:id/history`,
    scope: 'read',
    operationId,
    tag,
    summary: `List the events of the ${kind}, newest first, even after its deletion`,
    query: listHistoryInput,
    answers: [{ status: 200, description: 'A page of events.', view: pageView(historyEntryView()) }],
    refusals: ['invalid_cursor'],
    handle: async ({ scope, id, query }) => shown(await history.list(scope, { ...query, kind, id })),
  })
}
