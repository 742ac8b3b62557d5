import assert from 'node:assert/strict'
import { createFund, type Fund, type FundId } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, look, type OwnerBooks, otherBooks } from '../kernel/steps.ts'

async function storedFund(desk: OwnerBooks): Promise<Fund> {
  const fund = { id: freshId<FundId>(), name: 'Kisima', at: at('2026-11-21T09:00:00.000Z'), by: 'a-tester' }
  const { state } = createFund(fund)
  await change(desk, (tx) => tx.funds.insert(state))
  return state
}

/** Funds, as they are written and asked for. */
export const fundContract: Contract = {
  name: 'funds',
  cases: [
    {
      name: 'finds a stored fund in a transaction',
      brokenBy: { repository: 'funds', method: 'find', gives: 'nothing' },
      async run(harness) {
        const fund = await storedFund(harness)
        assert.deepEqual(await look(harness, (tx) => tx.funds.find(fund.id)), fund)
      },
    },
    {
      name: 'shows a stored fund as it was given',
      brokenBy: { queries: 'funds', method: 'find', gives: 'nothing' },
      async run(harness) {
        const { ports, ownerId } = harness
        const fund = await storedFund(harness)
        assert.deepEqual(await ports.queries.funds.find(ownerId, fund.id), fund)
      },
    },
    {
      name: 'lists funds by id, page after page',
      brokenBy: { queries: 'funds', method: 'list', gives: 'reversed' },
      async run(harness) {
        const { ports, ownerId } = harness
        const [first, second, third] = [
          await storedFund(harness),
          await storedFund(harness),
          await storedFund(harness),
        ]
        const after = { key: second.id, id: second.id }
        const { funds } = ports.queries
        assert.deepEqual(await funds.list(ownerId, { after: null, limit: 2 }), [first, second])
        assert.deepEqual(await funds.list(ownerId, { after, limit: 2 }), [third])
      },
    },
    {
      name: 'finds no fund of another owner',
      brokenBy: { repository: 'funds', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedFund(otherBooks(harness))
        assert.equal(await look(harness, (tx) => tx.funds.find(id)), null)
      },
    },
    {
      name: 'shows no fund of another owner',
      brokenBy: { queries: 'funds', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedFund(otherBooks(harness))
        assert.equal(await harness.ports.queries.funds.find(harness.ownerId, id), null)
      },
    },
    {
      name: 'lists no fund of another owner',
      brokenBy: { queries: 'funds', method: 'list', gives: 'theirs' },
      async run(harness) {
        await storedFund(otherBooks(harness))
        const page = { after: null, limit: 10 }
        assert.deepEqual(await harness.ports.queries.funds.list(harness.ownerId, page), [])
      },
    },
  ],
}
