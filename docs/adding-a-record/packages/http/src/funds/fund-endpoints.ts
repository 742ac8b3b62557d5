import { type Books, createFundInput, fundView, listFundsInput, pageView } from '@daftari/application'
import { created, record, shown } from '../endpoint/answer.ts'
import { type Route, route } from '../endpoint/route.ts'

const tag = 'Funds'

/** `/v1/funds` */
export function fundEndpoints({ funds }: Books): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/funds',
      scope: 'read',
      operationId: 'listFunds',
      tag,
      summary: 'List the funds',
      query: listFundsInput,
      answers: [{ status: 200, description: 'A page of funds.', view: pageView(fundView()) }],
      refusals: ['invalid_cursor'],
      handle: async ({ scope, query }) => shown(await funds.list(scope, query)),
    }),
    route({
      method: 'POST',
      path: '/funds',
      scope: 'write',
      operationId: 'createFund',
      tag,
      summary: 'Add a fund',
      body: createFundInput,
      answers: [
        { status: 201, description: 'The new fund.', view: fundView(), headers: ['ETag', 'Location'] },
      ],
      handle: async ({ scope, body, url }) => created(await funds.create(scope, body), url),
    }),
    route({
      method: 'GET',
      path: '/funds/:id',
      scope: 'read',
      operationId: 'getFund',
      tag,
      summary: 'Look at a fund',
      answers: [{ status: 200, description: 'The fund.', view: fundView(), headers: ['ETag'] }],
      handle: async ({ scope, id }) => record(await funds.get(scope, { fundId: id })),
    }),
  ]
}
