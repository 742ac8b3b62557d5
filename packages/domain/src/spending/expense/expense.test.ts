import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/refusal-of.ts'
import { instant } from '../../kernel/calendar/instant.ts'
import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import { of } from '../../kernel/money/money.ts'
import { defaultSettings } from '../../settings/settings.ts'
import type { CategoryId, ExpenseId } from '../ids.ts'
import { changeExpense, deleteExpense, moveExpense, recordExpense } from './expense.ts'
import type { ExpenseRules } from './expense-rules.ts'

const [at, later] = [instant(1_000), instant(2_000)]
const { baseCurrency, expensePolicy } = defaultSettings('owner')
const rules: ExpenseRules = { today: '2026-11-21' as LocalDate, baseCurrency, expensePolicy }
const [transport, food] = ['transport' as CategoryId, 'food' as CategoryId]

const facts = {
  amount: of(1_250_000n, 'TZS'),
  categoryId: transport,
  expenseDate: '2026-11-21' as LocalDate,
  description: 'Dala dala',
  attachmentIds: [],
}
const fare = recordExpense({ id: 'fare' as ExpenseId, ...facts, at, by: 'amina' }, rules).state

describe('recording an expense', () => {
  test('gives its first version and says so in one fact without a before', () => {
    const state = { id: 'fare', ...facts, version: 1, createdAt: at, createdBy: 'amina', updatedAt: at }
    expect(recordExpense({ id: 'fare' as ExpenseId, ...facts, at, by: 'amina' }, rules)).toEqual({
      state,
      events: [
        {
          type: 'expense.created',
          aggregateType: 'expense',
          aggregateId: 'fare',
          version: 1,
          at,
          before: null,
          after: state,
        },
      ],
    })
  })

  test('refuses with every rule it breaks', () => {
    const wrong = { ...facts, amount: of(1n, 'USD'), expenseDate: '2026-11-22' as LocalDate }
    expect(
      refusalOf(() => recordExpense({ id: 'x' as ExpenseId, ...wrong, at, by: 'amina' }, rules)),
    ).toEqual({
      code: 'validation_failed',
      details: {
        errors: [
          expect.objectContaining({ pointer: '/amount/currency', code: 'currency_not_allowed' }),
          expect.objectContaining({ pointer: '/expenseDate', code: 'date_in_future' }),
        ],
      },
    })
  })
})

describe('changing an expense', () => {
  test('keeps what is not given and tells the whole record before and after', () => {
    const state = { ...fare, description: 'Basi', version: 2, updatedAt: later }
    expect(changeExpense(fare, { description: 'Basi' }, rules, later)).toEqual({
      state,
      events: [
        {
          type: 'expense.updated',
          aggregateType: 'expense',
          aggregateId: 'fare',
          version: 2,
          at: later,
          before: fare,
          after: state,
        },
      ],
    })
  })

  test.each([
    ['amount', { amount: of(1_250_001n, 'TZS') }],
    ['category', { categoryId: food }],
    ['date', { expenseDate: '2026-11-20' as LocalDate }],
    ['description', { description: null }],
  ])('of its %s alone is a change', (_, change) => {
    const { state, events } = changeExpense(fare, change, rules, later)
    expect(state).toEqual({ ...fare, ...change, version: 2, updatedAt: later })
    expect(events).toHaveLength(1)
  })

  test('to what it says already changes nothing and says nothing', () => {
    const same = { ...facts, amount: of(1_250_000n, 'TZS') }
    const decision = changeExpense(fare, same, rules, later)
    expect(decision.events).toEqual([])
    expect(decision.state).toBe(fare)
    expect(changeExpense(fare, {}, rules, later).state).toBe(fare)
  })

  const stricter: ExpenseRules = {
    today: '2026-11-01' as LocalDate,
    baseCurrency,
    expensePolicy: { min: of(1n, 'TZS'), max: of(100n, 'TZS') },
  }

  test('judges only what is given, by the rules of today', () => {
    expect(changeExpense(fare, { description: 'Basi' }, stricter, later).state.description).toBe('Basi')
    expect(refusalOf(() => changeExpense(fare, { amount: of(101n, 'TZS') }, stricter, later))).toEqual({
      code: 'validation_failed',
      details: { errors: [expect.objectContaining({ code: 'amount_out_of_policy' })] },
    })
    expect(
      refusalOf(() => changeExpense(fare, { expenseDate: '2026-11-02' as LocalDate }, stricter, later)),
    ).toEqual({
      code: 'validation_failed',
      details: { errors: [expect.objectContaining({ code: 'date_in_future' })] },
    })
  })

  test('to what it says already is accepted even where the rules would now refuse it', () => {
    expect(changeExpense(fare, facts, stricter, later)).toEqual({ state: fare, events: [] })
  })
})

describe('moving an expense to another category', () => {
  test('changes the category only and judges nothing else', () => {
    const state = { ...fare, categoryId: food, version: 2, updatedAt: later }
    expect(moveExpense(fare, food, later)).toEqual({
      state,
      events: [
        {
          type: 'expense.updated',
          aggregateType: 'expense',
          aggregateId: 'fare',
          version: 2,
          at: later,
          before: fare,
          after: state,
        },
      ],
    })
  })

  test('it is in already changes nothing and says nothing', () => {
    expect(moveExpense(fare, transport, later)).toEqual({ state: fare, events: [] })
  })
})

test('deleting an expense is its last version and keeps what it was', () => {
  expect(deleteExpense(fare, later)).toEqual({
    type: 'expense.deleted',
    aggregateType: 'expense',
    aggregateId: 'fare',
    version: 2,
    at: later,
    before: fare,
    after: null,
  })
})
