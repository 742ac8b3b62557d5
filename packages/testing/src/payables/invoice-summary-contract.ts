import assert from 'node:assert/strict'
import type { OpenInvoices } from '@daftari/application'
import { money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, on } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { someDay } from './invoice-filters-contract.ts'
import { paidInFull, voided, withPayments } from './invoice-states.ts'
import { anInvoice, aPayment } from './payables-builders.ts'
import { storedInvoice, storedInvoices } from './payables-steps.ts'

async function summary({ ports, ownerId }: OwnerBooks): Promise<OpenInvoices[]> {
  const rows = await ports.queries.invoices.summarise(ownerId, someDay)
  const keyOf = ({ level, currency }: OpenInvoices): string => `${level} ${currency}`
  return [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** What is open. */
export const invoiceSummaryContract: Contract = {
  name: 'invoice summary',
  cases: [
    {
      name: 'sums open invoices by level and currency, with a row for each',
      async run(harness) {
        await storedInvoices(harness, [
          anInvoice({ dueDate: on('2026-11-22'), total: money.of(100n, 'TZS') }),
          anInvoice({ dueDate: on('2026-11-23'), total: money.of(20n, 'TZS') }),
          anInvoice({ dueDate: on('2026-11-23'), total: money.of(3n, 'EUR') }),
          anInvoice({ dueDate: on('2026-12-01'), total: money.of(4n, 'TZS') }),
        ])
        assert.deepEqual(await summary(harness), [
          { level: 'critical', isOverdue: false, currency: 'EUR', count: 1, balanceMinor: 3n },
          { level: 'critical', isOverdue: false, currency: 'TZS', count: 2, balanceMinor: 120n },
          { level: 'high', isOverdue: false, currency: 'TZS', count: 1, balanceMinor: 4n },
        ])
      },
    },
    {
      name: 'sums the balances',
      async run(harness) {
        const first = anInvoice({ total: money.of(1_000n, 'TZS') })
        const paid = withPayments(first, [aPayment({ amount: money.of(999n, 'TZS') })])
        await storedInvoice(harness, first, paid)
        const [row] = await summary(harness)
        assert.equal(row?.balanceMinor, 1n)
      },
    },
    {
      name: 'sums neither paid nor void invoices',
      async run(harness) {
        const [paid, gone] = [anInvoice(), anInvoice()]
        await storedInvoice(harness, paid, paidInFull(paid))
        await storedInvoice(harness, gone, voided(gone))
        assert.deepEqual(await summary(harness), [])
      },
    },
    {
      name: 'separates a level set by hand from being overdue',
      async run(harness) {
        const setAt = at('2026-11-01T09:00:00Z')
        const invoice = anInvoice({
          dueDate: on('2026-11-20'),
          total: money.of(5n, 'TZS'),
          urgencyOverride: { level: 'low', reason: 'so', setBy: 'me', setAt },
        })
        await storedInvoice(harness, invoice)
        assert.deepEqual(await summary(harness), [
          { level: 'low', isOverdue: true, currency: 'TZS', count: 1, balanceMinor: 5n },
        ])
      },
    },
    {
      name: 'sums balances exactly beyond 2^53',
      async run(harness) {
        const total = money.of(2n ** 53n + 1n, 'TZS')
        await storedInvoices(harness, [anInvoice({ total }), anInvoice({ total }), anInvoice({ total })])
        const [row] = await summary(harness)
        assert.equal(row?.balanceMinor, 3n * (2n ** 53n + 1n))
      },
    },
  ],
}
