import { NOWHERE } from '../support/open-books.ts'
import { forged, type RefusalCases } from './refusal-case.ts'

export const historyRefusals: RefusalCases = {
  'history/list-history.ts': {
    not_found: ({ books, scope }) => books.history.list(scope, { kind: 'expense', id: NOWHERE }),
    invalid_query: ({ books, scope, fare }) =>
      books.history.list(scope, { kind: 'expense', id: fare.id, limit: 0 }),
    invalid_cursor: ({ books, scope, fare }) =>
      books.history.list(scope, { kind: 'expense', id: fare.id, ...forged }),
  },
  'history/list-feed.ts': {
    invalid_query: ({ books, scope }) => books.history.feed(scope, { limit: 101 }),
    invalid_cursor: ({ books, scope }) => books.history.feed(scope, { after: forged.cursor }),
  },
}
