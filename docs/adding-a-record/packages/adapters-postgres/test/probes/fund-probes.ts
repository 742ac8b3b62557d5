import { createFund, type FundId } from '@daftari/domain'
import { type ForeignBooks, foreignId } from '../support/foreign-books.ts'
import { NOW, PAGE, type Probes, reads, txInserts, txReads } from '../support/probe.ts'

const theirFund = ({ ownerId }: ForeignBooks): FundId => foreignId(ownerId, 'fund')

export const fundProbes: Probes = {
  'queries.funds.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.funds.find(ownerId, theirFund(theirs)),
    null,
  ),
  'queries.funds.list': reads(({ ports, ownerId }) => ports.queries.funds.list(ownerId, PAGE), []),
  'tx.funds.find': txReads((tx, theirs) => tx.funds.find(theirFund(theirs)), null),
  'tx.funds.insert': txInserts((tx, theirs) => {
    const fund = { id: theirFund(theirs), name: 'Mine', at: NOW, by: 'a-trespasser' }
    tx.funds.insert(createFund(fund).state)
  }),
}
