import { historyRoute } from '../endpoint/history-route.ts'
import type { HttpContext } from '../endpoint/http-context.ts'
import { shared } from '../openapi/shared-examples.ts'
import { fundEndpoints } from './fund-endpoints.ts'

const FUND_ID = '019a9a60-5a00-7000-8000-000000000008'

export const funds: HttpContext = {
  tags: [{ name: 'Funds', description: 'Money that was given for one purpose.' }],
  examples: {
    NewFund: { name: 'Kisima' },
    Fund: { id: FUND_ID, version: 1, name: 'Kisima', ...shared.recorded },
  },
  routes: (books) => [
    ...fundEndpoints(books),
    historyRoute(books, 'fund', { collection: 'funds', operationId: 'listFundHistory', tag: 'Funds' }),
  ],
}
