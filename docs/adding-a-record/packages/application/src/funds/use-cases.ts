import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { createFund } from './create-fund.ts'
import { getFund } from './get-fund.ts'
import { listFunds } from './list-funds.ts'

export function fundsUseCases(deps: UseCaseDeps, { read, write }: UseCaseKinds) {
  return {
    funds: Object.freeze({
      create: write('funds.create', createFund(deps)),
      get: read(getFund(deps)),
      list: read(listFunds(deps)),
    }),
  }
}
