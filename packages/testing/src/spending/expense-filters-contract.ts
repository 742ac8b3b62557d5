import assert from 'node:assert/strict'
import type { ExpenseFilter } from '@daftari/application'
import { foldWords, money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { on } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { everyExpense } from './expense-queries-contract.ts'
import { storedCategory, storedExpenses } from './spending-steps.ts'

/** The descriptions of what fits, sorted. */
async function found(
  { ports, ownerId }: OwnerBooks,
  filter: Partial<ExpenseFilter>,
): Promise<(string | null)[]> {
  const page = { after: null, limit: 100 }
  const fitting = { ...everyExpense, ...filter }
  const expenses = await ports.queries.expenses.list(ownerId, fitting, 'expenseDate', page)
  return expenses.map(({ description }) => description).sort()
}

async function storedDays(desk: OwnerBooks): Promise<void> {
  const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']
  await storedExpenses(
    desk,
    days.map((day) => ({ expenseDate: on(day), description: day })),
  )
}

async function storedAmounts(desk: OwnerBooks): Promise<void> {
  const minors = [99n, 100n, 200n, 201n]
  await storedExpenses(
    desk,
    minors.map((minor) => ({ amount: money.of(minor, 'TZS'), description: `${minor}` })),
  )
}

async function storedDescriptions(desk: OwnerBooks, descriptions: readonly (string | null)[]): Promise<void> {
  await storedExpenses(
    desk,
    descriptions.map((description) => ({ description })),
  )
}

/** Which expenses fit a filter. */
export const expenseFiltersContract: Contract = {
  name: 'expense filters',
  cases: [
    {
      name: 'finds the expenses of several categories',
      async run(harness) {
        const [one, other] = [await storedCategory(harness), await storedCategory(harness)]
        await storedExpenses(harness, [
          { categoryId: one.id, description: 'one' },
          { categoryId: other.id, description: 'other' },
          { description: 'neither' },
        ])
        assert.deepEqual(await found(harness, { categoryIds: [one.id, other.id] }), ['one', 'other'])
      },
    },
    {
      name: 'finds expenses from a day on, inclusive',
      async run(harness) {
        await storedDays(harness)
        const days = ['2026-03-01', '2026-03-31', '2026-04-01']
        assert.deepEqual(await found(harness, { from: on('2026-03-01') }), days)
      },
    },
    {
      name: 'finds expenses up to a day, inclusive',
      async run(harness) {
        await storedDays(harness)
        const days = ['2026-02-28', '2026-03-01', '2026-03-31']
        assert.deepEqual(await found(harness, { to: on('2026-03-31') }), days)
      },
    },
    {
      name: 'finds expenses from an amount on, inclusive',
      async run(harness) {
        await storedAmounts(harness)
        assert.deepEqual(await found(harness, { minMinor: 100n }), ['100', '200', '201'])
      },
    },
    {
      name: 'finds expenses up to an amount, inclusive',
      async run(harness) {
        await storedAmounts(harness)
        assert.deepEqual(await found(harness, { maxMinor: 200n }), ['100', '200', '99'])
      },
    },
    {
      name: 'finds expenses by the beginning of words of their description, not by the middle',
      async run(harness) {
        await storedDescriptions(harness, ['Diesel for the van', 'Biodiesel'])
        assert.deepEqual(await found(harness, { words: ['dies'] }), ['Diesel for the van'])
        assert.deepEqual(await found(harness, { words: ['esel'] }), [])
      },
    },
    {
      name: 'finds the expenses that match all five words',
      async run(harness) {
        await storedDescriptions(harness, ['One two three four five', 'One two three four six'])
        const words = ['on', 'tw', 'th', 'fo', 'fi']
        assert.deepEqual(await found(harness, { words }), ['One two three four five'])
      },
    },
    {
      name: 'finds words in any case, width and encoding of accents',
      async run(harness) {
        await storedDescriptions(harness, ['ＣＡＦＥ\u0301 Straße'])
        const words = [...foldWords('café'), ...foldWords('STRASSE')]
        assert.equal((await found(harness, { words })).length, 1)
      },
    },
    {
      name: 'finds no expense without a description when searching words',
      async run(harness) {
        await storedDescriptions(harness, ['Null', null])
        assert.deepEqual(await found(harness, { words: ['null'] }), ['Null'])
      },
    },
    {
      name: 'finds the expenses that match all conditions together',
      async run(harness) {
        const { id: categoryId } = await storedCategory(harness)
        const fits = {
          categoryId,
          expenseDate: on('2026-03-15'),
          amount: money.of(150n, 'TZS'),
          description: 'Fuel that fits',
        }
        await storedExpenses(harness, [
          fits,
          { ...fits, description: 'Rent' },
          { ...fits, expenseDate: on('2026-05-01') },
          { ...fits, amount: money.of(50n, 'TZS') },
          { description: 'Fuel' },
        ])
        const filter = {
          categoryIds: [categoryId],
          from: on('2026-03-02'),
          to: on('2026-03-30'),
          minMinor: 101n,
          maxMinor: 199n,
          words: ['fuel'],
        }
        assert.deepEqual(await found(harness, filter), ['Fuel that fits'])
      },
    },
  ],
}
