import assert from 'node:assert/strict'
import type { ExpenseFilter, ExpenseSort, KeysetPage } from '@daftari/application'
import { type Expense, type ExpenseId, money } from '@daftari/domain'
import type { Contract, ContractCase } from '../kernel/contract.ts'
import { at, freshId, on } from '../kernel/fresh.ts'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { storedExpense, storedExpenses } from './spending-steps.ts'

export const everyExpense: ExpenseFilter = {
  categoryIds: [],
  from: null,
  to: null,
  minMinor: null,
  maxMinor: null,
  words: [],
}

const SORTS: readonly ExpenseSort[] = ['expenseDate', '-expenseDate', 'amount', '-amount']

function listed(
  { ports, ownerId }: OwnerBooks,
  sort: ExpenseSort,
  page: KeysetPage = { after: null, limit: 100 },
): Promise<readonly Expense[]> {
  return ports.queries.expenses.list(ownerId, everyExpense, sort, page)
}

function positionOf(expense: Expense, sort: ExpenseSort): { key: string; id: string } {
  const { id, expenseDate, amount } = expense
  return { id, key: sort.endsWith('Date') ? expenseDate : `${amount.amountMinor}` }
}

/** Seven expenses on three days, of amounts that are 9 and 10 so that text would sort them wrongly. */
function storedWeek(desk: OwnerBooks): Promise<readonly Expense[]> {
  const days = ['20', '19', '20', '21', '19', '20', '21']
  const amounts = [10n, 9n, 10n, 100n, 10n, 9n, 100n]
  return storedExpenses(
    desk,
    days.map((day, index) => ({
      expenseDate: on(`2026-11-${day}`),
      amount: money.of(amounts[index] ?? 1n, 'TZS'),
    })),
  )
}

function sortCase(sort: ExpenseSort, order: readonly number[]): ContractCase {
  return {
    name: `lists expenses by ${sort}, ids in the same direction`,
    async run(harness) {
      const stored = await storedWeek(harness)
      const ids = (await listed(harness, sort)).map(({ id }) => id)
      assert.deepEqual(
        ids,
        order.map((index) => stored[index]?.id),
      )
    },
  }
}

function walkCase(sort: ExpenseSort): ContractCase {
  return {
    name: `walks the pages of expenses by ${sort}, without gaps or duplicates`,
    async run(harness) {
      await storedWeek(harness)
      const walked: ExpenseId[] = []
      let after: KeysetPage['after'] = null
      for (let pages = 0; pages < 5; pages += 1) {
        const page = await listed(harness, sort, { after, limit: 2 })
        walked.push(...page.map(({ id }) => id))
        const last = page.at(-1)
        if (last === undefined) break
        after = positionOf(last, sort)
      }
      const whole = (await listed(harness, sort)).map(({ id }) => id)
      assert.deepEqual(walked, whole)
    },
  }
}

/** How expenses are found, sorted and paged. */
export const expenseQueriesContract: Contract = {
  name: 'expense queries',
  cases: [
    {
      name: 'shows an expense as it was stored, to the millisecond',
      async run(harness) {
        const { ports, ownerId } = harness
        const expense = await storedExpense(harness, { createdAt: at('2026-11-21T09:00:00.123Z') })
        assert.deepEqual(await ports.queries.expenses.find(ownerId, expense.id), expense)
      },
    },
    {
      name: 'gives null for an expense that does not exist, outside a transaction',
      async run({ ports, ownerId }) {
        assert.equal(await ports.queries.expenses.find(ownerId, freshId()), null)
      },
    },
    sortCase('expenseDate', [1, 4, 0, 2, 5, 3, 6]),
    sortCase('-expenseDate', [6, 3, 5, 2, 0, 4, 1]),
    sortCase('amount', [1, 5, 0, 2, 4, 3, 6]),
    sortCase('-amount', [6, 3, 4, 2, 0, 5, 1]),
    ...SORTS.map(walkCase),
    {
      name: 'sorts and pages amounts beyond 2^53 exactly',
      async run(harness) {
        const edge = 2n ** 53n
        const amounts = [edge + 1n, edge, edge + 3n, edge + 2n].map((minor) => money.of(minor, 'TZS'))
        await storedExpenses(
          harness,
          amounts.map((amount) => ({ amount })),
        )
        const [first, ...rest] = await listed(harness, 'amount')
        assert.ok(first)
        const after = positionOf(first, 'amount')
        assert.equal(after.key, `${edge}`)
        const next = await listed(harness, 'amount', { after, limit: 100 })
        const minors = [edge + 1n, edge + 2n, edge + 3n]
        assert.deepEqual(
          rest.map(({ amount }) => amount.amountMinor),
          minors,
        )
        assert.deepEqual(
          next.map(({ amount }) => amount.amountMinor),
          minors,
        )
      },
    },
    {
      name: 'continues after the position of a deleted expense',
      async run(harness) {
        const days = ['2026-11-18', '2026-11-19', '2026-11-20'].map(on)
        const [, second, third] = await storedExpenses(
          harness,
          days.map((expenseDate) => ({ expenseDate })),
        )
        assert.ok(second && third)
        await change(harness, (tx) => tx.expenses.delete(second))
        const after = positionOf(second, 'expenseDate')
        const page = await listed(harness, 'expenseDate', { after, limit: 10 })
        assert.deepEqual(
          page.map(({ id }) => id),
          [third.id],
        )
      },
    },
  ],
}
