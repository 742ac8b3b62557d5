import type { FundId } from '@daftari/domain'
import { found, idOf } from '../kernel/input/found.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type FundView, fundJson } from './fund-shapes.ts'

/** @throws not_found */
export function getFund({ queries }: Pick<Ports, 'queries'>) {
  return async function getFund(
    { ownerId }: Scope,
    { fundId }: { readonly fundId: string },
  ): Promise<FundView> {
    const id = idOf<FundId>('fund', fundId)
    return fundJson(found('fund', id, await queries.funds.find(ownerId, id)))
  }
}
