import { parseQuery } from '../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../kernel/pagination/page.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type FundView, fundJson, type ListFundsInput, listFundsInput } from './fund-shapes.ts'

/** Oldest first. @throws invalid_query, invalid_cursor */
export function listFunds({ queries, cursors }: Pick<Ports, 'queries' | 'cursors'>) {
  return async function listFunds({ ownerId }: Scope, input: ListFundsInput = {}): Promise<Page<FundView>> {
    const { limit, cursor } = parseQuery(listFundsInput, input)
    return pageOf(
      { cursors, context: [ownerId, 'funds'], cursor, limit },
      (page) => queries.funds.list(ownerId, page),
      ({ id }) => ({ key: id, id }),
      fundJson,
    )
  }
}
