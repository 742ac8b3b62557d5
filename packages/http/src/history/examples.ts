import type { HttpContext } from '../endpoint/http-context.ts'
import { shared } from '../openapi/shared-examples.ts'

const { actor: ACTOR, money, recorded } = shared
const CATEGORY_ID = '019a9a60-5a00-7000-8000-000000000001'

export const historyExamples: HttpContext['examples'] = {
  Event: {
    specversion: '1.0',
    id: '019a9a60-5a00-7000-8000-000000000006',
    source: '/owners/019a9a60-5a00-7000-8000-000000000004',
    type: 'category.created',
    subject: CATEGORY_ID,
    time: '2026-11-21T09:00:00.000Z',
    datacontenttype: 'application/json',
    aggregatetype: 'category',
    aggregateversion: 1,
    actor: ACTOR,
    data: { before: null, after: { id: CATEGORY_ID, version: 1, name: 'Usafiri', ...recorded } },
  },
  HistoryEntry: {
    type: 'expense.updated',
    version: 2,
    at: '2026-11-21T09:05:00.000Z',
    by: ACTOR,
    changes: { amount: { before: money, after: { amount: '13000.00', currency: 'TZS' } } },
  },
}
