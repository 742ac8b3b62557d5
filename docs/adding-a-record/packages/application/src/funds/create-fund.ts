import { createFund as decide, type FundId } from '@daftari/domain'
import { parse } from '../kernel/input/parse.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Ports } from '../ports.ts'
import { type CreateFundInput, createFundInput, type FundView, fundJson } from './fund-shapes.ts'

/** @throws validation_failed */
export function createFund({ unitOfWork, clock, ids }: Pick<Ports, 'unitOfWork' | 'clock' | 'ids'>) {
  return async function createFund(scope: TransactionScope, input: CreateFundInput): Promise<FundView> {
    const { name } = parse(createFundInput, input)
    return unitOfWork.transact(scope, async (tx) => {
      const { state, events } = decide({ id: ids.next<FundId>(), name, at: clock.now(), by: scope.actorId })
      tx.funds.insert(state)
      tx.events.append(events)
      return fundJson(state)
    })
  }
}
