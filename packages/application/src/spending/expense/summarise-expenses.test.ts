import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openBooks, startedBooks, TODAY, tzs } from '../../../test/support/open-books.ts'

interface Spent {
  readonly category: number
  readonly expenseDate: string
  readonly cents: bigint
}

const spent: fc.Arbitrary<Spent> = fc.record({
  category: fc.integer({ min: 0, max: 2 }),
  expenseDate: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-02', '2025-11-02'),
  cents: fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 100_000_000n })),
})

describe('a summary', () => {
  test('equals the sums made by hand over any expenses, by category, month and day', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spent, { maxLength: 15 }), async (all) => {
        const { books, scope } = openBooks()
        const names = ['Usafiri', 'Chakula', 'Kodi']
        const ids: string[] = []
        for (const name of names) ids.push((await books.categories.create(scope, { name })).id)
        for (const { category, expenseDate, cents } of all) {
          const categoryId = ids[category] ?? ''
          await books.expenses.create(scope, { amount: tzs(decimals(cents)), categoryId, expenseDate })
        }
        for (const groupBy of ['category', 'month', 'day'] as const) {
          const keyOf = ({ category, expenseDate }: Spent) =>
            ({ category: ids[category] ?? '', month: expenseDate.slice(0, 7), day: expenseDate })[groupBy]
          const { groups, total } = await books.expenses.summarise(scope, { groupBy })
          expect(total).toEqual(tzs(decimals(sum(all))))
          const byHand = Map.groupBy(all, keyOf)
          expect(new Map(groups.map((group) => [group.key, [group.count, group.total.amount]]))).toEqual(
            new Map([...byHand].map(([key, group]) => [key, [group.length, decimals(sum(group))]])),
          )
          expect(groups.map(({ label }) => label)).toEqual(
            groups.map(({ key }) => (groupBy === 'category' ? names[ids.indexOf(key)] : key)),
          )
          if (groupBy !== 'category') expect(groups.map(({ key }) => key)).toEqual([...byHand.keys()].sort())
        }
      }),
      { numRuns: 50 },
    )
  })

  test('by category begins with the one that cost most', async () => {
    const { books, scope, food } = await startedBooks()
    await books.expenses.create(scope, { amount: tzs('12500.01'), categoryId: food.id, expenseDate: TODAY })
    const first = await books.expenses.summarise(scope)
    expect(first.groups.map(({ label }) => label)).toEqual(['Chakula', 'Usafiri'])
    await books.expenses.create(scope, {
      amount: tzs('0.01'),
      categoryId: food.id,
      expenseDate: '2020-01-01',
    })
    const early = await books.expenses.summarise(scope, { from: '2026-01-01' })
    expect(early).toEqual(first)
  })

  test('of categories that cost the same keeps one order', async () => {
    const { books, scope, food, transport } = await startedBooks()
    await books.expenses.create(scope, { amount: tzs('12500'), categoryId: food.id, expenseDate: TODAY })
    const { groups } = await books.expenses.summarise(scope)
    expect(groups.map(({ key }) => key)).toEqual([transport.id, food.id].sort())
  })

  test('F67 of a thousand maxima is exact', async () => {
    const { books, scope, food } = await startedBooks()
    const item = { amount: tzs('1000000'), categoryId: food.id, expenseDate: TODAY }
    await books.expenses.createMany(scope, { items: Array.from({ length: 1_000 }, () => item) })
    const { total } = await books.expenses.summarise(scope, { categoryId: food.id })
    expect(total).toEqual(tzs('1000000000.00'))
  })

  test('of nothing is zero in the base currency', async () => {
    const { books, scope, stranger } = await startedBooks()
    const nothing = { groups: [], total: tzs('0.00') }
    expect(await books.expenses.summarise(stranger)).toEqual(nothing)
    expect(await books.expenses.summarise(scope, { to: '2026-11-20' })).toEqual(nothing)
  })
})

function sum(all: readonly Spent[]): bigint {
  return all.reduce((total, { cents }) => total + cents, 0n)
}

function decimals(cents: bigint): string {
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
}
