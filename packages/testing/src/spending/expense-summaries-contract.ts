import assert from 'node:assert/strict'
import type { ExpenseFilter, ExpenseGroup, ExpenseGrouping } from '@daftari/application'
import { money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { on } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { everyExpense } from './expense-queries-contract.ts'
import { storedCategory, storedExpense, storedExpenses } from './spending-steps.ts'

async function groups(
  { ports, ownerId }: OwnerBooks,
  groupBy: ExpenseGrouping,
  filter: Partial<ExpenseFilter> = {},
): Promise<ExpenseGroup[]> {
  const rows = await ports.queries.expenses.summarise(ownerId, { ...everyExpense, ...filter }, groupBy)
  return [...rows].sort((one, other) => (one.key < other.key ? -1 : 1))
}

async function storedSpending(desk: OwnerBooks): Promise<void> {
  const days = { '2026-03-30': 100n, '2026-03-31': 20n, '2026-04-01': 3n }
  await storedExpenses(desk, [
    ...Object.entries(days).map(([day, minor]) => ({
      expenseDate: on(day),
      amount: money.of(minor, 'TZS'),
    })),
    { expenseDate: on('2026-04-01'), amount: money.of(4_000n, 'TZS') },
  ])
}

/** What expenses add up to. */
export const expenseSummariesContract: Contract = {
  name: 'expense summaries',
  cases: [
    {
      name: 'sums expenses by category, labelled with its name',
      async run(harness) {
        const [fuel, rent] = [
          await storedCategory(harness, { name: 'Fuel' }),
          await storedCategory(harness, { name: 'Rent' }),
        ]
        await storedCategory(harness, { name: 'Unused' })
        await storedExpenses(harness, [
          { categoryId: fuel.id, amount: money.of(100n, 'TZS') },
          { categoryId: fuel.id, amount: money.of(20n, 'TZS') },
          { categoryId: rent.id, amount: money.of(3n, 'TZS') },
        ])
        assert.deepEqual(await groups(harness, 'category'), [
          { key: fuel.id, label: 'Fuel', count: 2, totalMinor: 120n },
          { key: rent.id, label: 'Rent', count: 1, totalMinor: 3n },
        ])
      },
    },
    {
      name: 'sums expenses by month',
      async run(harness) {
        await storedSpending(harness)
        assert.deepEqual(await groups(harness, 'month'), [
          { key: '2026-03', label: '2026-03', count: 2, totalMinor: 120n },
          { key: '2026-04', label: '2026-04', count: 2, totalMinor: 4_003n },
        ])
      },
    },
    {
      name: 'sums expenses by day',
      async run(harness) {
        await storedSpending(harness)
        assert.deepEqual(await groups(harness, 'day'), [
          { key: '2026-03-30', label: '2026-03-30', count: 1, totalMinor: 100n },
          { key: '2026-03-31', label: '2026-03-31', count: 1, totalMinor: 20n },
          { key: '2026-04-01', label: '2026-04-01', count: 2, totalMinor: 4_003n },
        ])
      },
    },
    {
      name: 'sums only expenses that match the filter',
      async run(harness) {
        const { categoryId } = await storedExpense(harness)
        await storedExpense(harness)
        const rows = await groups(harness, 'day', { categoryIds: [categoryId] })
        assert.deepEqual(
          rows.map(({ count }) => count),
          [1],
        )
      },
    },
    {
      name: 'sums exactly beyond 2^53',
      async run(harness) {
        const amount = money.of(2n ** 53n + 1n, 'TZS')
        await storedExpenses(harness, [{ amount }, { amount }, { amount }])
        const [group] = await groups(harness, 'month')
        assert.equal(group?.totalMinor, 3n * (2n ** 53n + 1n))
      },
    },
    {
      name: 'gives no rows when there are no expenses',
      async run(harness) {
        assert.deepEqual(await groups(harness, 'day'), [])
      },
    },
  ],
}
