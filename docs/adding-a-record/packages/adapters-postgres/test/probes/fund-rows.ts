import { createFund, type FundId } from '@daftari/domain'
import { at } from '@daftari/testing'
import { foreignId, type WriteRows } from '../support/foreign-books.ts'

export const fundRows: WriteRows = (tx, ownerId) => {
  const now = at('2026-11-21T09:00:00.000Z')
  const fund = { id: foreignId<FundId>(ownerId, 'fund'), name: 'Kisima', at: now, by: 'a-tester' }
  const { state, events } = createFund(fund)
  tx.funds.insert(state)
  tx.events.append(events)
}
