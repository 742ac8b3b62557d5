import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/refusal-of.ts'
import { addDays, type LocalDate } from '../../kernel/calendar/local-date.ts'
import { of } from '../../kernel/money/money.ts'
import { defaultSettings } from '../../settings/settings.ts'
import { brokenRules, type ExpenseRules, refuseAgainstRules } from './expense-rules.ts'

const today = '2026-11-21' as LocalDate
const { baseCurrency, expensePolicy } = defaultSettings('owner')
const rules: ExpenseRules = { today, baseCurrency, expensePolicy }

describe('the amount of an expense', () => {
  test.each([1n, 2n, 999_999_99n, 1_000_000_00n])('may be %d cents', (amountMinor) => {
    expect(brokenRules({ amount: of(amountMinor, 'TZS') }, rules)).toEqual([])
  })

  test.each([0n, -1n, 1_000_000_01n])('may not be %d cents', (amountMinor) => {
    expect(brokenRules({ amount: of(amountMinor, 'TZS') }, rules)).toEqual([
      {
        pointer: '/amount/amount',
        code: 'amount_out_of_policy',
        detail: 'the amount must be from 0.01 to 1000000.00 TZS',
      },
    ])
  })

  test('is accepted exactly within the policy, both ends included', () => {
    const cents = fc.bigInt({ min: 1n, max: 50n })
    fc.assert(
      fc.property(cents, cents, fc.bigInt({ min: 0n, max: 60n }), (one, other, amountMinor) => {
        const [min, max] = one < other ? [one, other] : [other, one]
        const policy = { ...rules, expensePolicy: { min: of(min, 'TZS'), max: of(max, 'TZS') } }
        const isWithin = min <= amountMinor && amountMinor <= max
        expect(brokenRules({ amount: of(amountMinor, 'TZS') }, policy)).toHaveLength(isWithin ? 0 : 1)
      }),
    )
  })

  test('must be in the base currency, and in another is not measured by the policy', () => {
    expect(brokenRules({ amount: of(0n, 'EUR') }, rules)).toEqual([
      {
        pointer: '/amount/currency',
        code: 'currency_not_allowed',
        detail: 'expenses must be in the base currency TZS',
      },
    ])
  })
})

describe('the date of an expense', () => {
  test.each([today, addDays(today, -1), '1970-01-01' as LocalDate])('may be %s', (expenseDate) => {
    expect(brokenRules({ expenseDate }, rules)).toEqual([])
  })

  test.each(['2026-11-22', '2027-01-01', '2100-12-31'])('may not be %s, which is after today', (date) => {
    expect(brokenRules({ expenseDate: date as LocalDate }, rules)).toEqual([
      {
        pointer: '/expenseDate',
        code: 'date_in_future',
        detail: `${date} is after today, 2026-11-21`,
      },
    ])
  })
})

test('what is not given breaks no rule', () => {
  expect(brokenRules({}, rules)).toEqual([])
  expect(brokenRules({ description: 'Dala dala' }, rules)).toEqual([])
})

test('every broken rule is told at once', () => {
  const facts = { amount: of(0n, 'TZS'), expenseDate: '2026-11-22' as LocalDate }
  const errors = brokenRules(facts, rules)
  expect(errors.map(({ code }) => code)).toEqual(['amount_out_of_policy', 'date_in_future'])
  expect(refusalOf(() => refuseAgainstRules(facts, rules))).toEqual({
    code: 'validation_failed',
    details: { errors },
  })
})

test('nothing is refused where no rule is broken', () => {
  expect(() => refuseAgainstRules({ amount: of(1n, 'TZS'), expenseDate: today }, rules)).not.toThrow()
})
