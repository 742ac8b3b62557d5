import type { MemoryContext } from '../kernel/context.ts'
import { memoryFundQueries, memoryFundRepository } from './memory-funds.ts'

export const funds: MemoryContext<'funds', 'funds'> = {
  repositories: { funds: ({ session }) => memoryFundRepository(session) },
  queries: (store) => ({ funds: memoryFundQueries(store) }),
}
