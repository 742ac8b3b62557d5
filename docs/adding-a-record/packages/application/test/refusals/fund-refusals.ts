import { NOWHERE } from '../support/open-books.ts'
import { forged, type RefusalCases, unknownParameter } from './refusal-case.ts'

export const fundRefusals: RefusalCases = {
  'funds/create-fund.ts': {
    validation_failed: ({ books, scope }) => books.funds.create(scope, { name: ' ' }),
  },
  'funds/get-fund.ts': {
    not_found: ({ books, scope }) => books.funds.get(scope, { fundId: NOWHERE }),
  },
  'funds/list-funds.ts': {
    invalid_query: ({ books, scope }) => books.funds.list(scope, unknownParameter),
    invalid_cursor: ({ books, scope }) => books.funds.list(scope, forged),
  },
}
