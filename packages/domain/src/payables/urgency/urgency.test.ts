import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, paid, partlyPaid, pending, today, voided } from '../../../test/invoices.ts'
import { addDays, type LocalDate } from '../../kernel/calendar/local-date.ts'
import { isOverdue } from '../invoice/invoice.ts'
import type { UrgencyDays } from '../settings-section.ts'
import { urgencyOf } from './invoice-urgency.ts'
import { overrideUrgency } from './override-urgency.ts'
import { URGENCY_LEVELS, urgencyLevel, urgencyRank } from './urgency.ts'

const days: UrgencyDays = { critical: 7, high: 14, medium: 30 }
const date = (text: string): LocalDate => text as LocalDate

test('the levels are ranked from 1, overdue, to 5, low', () => {
  expect(URGENCY_LEVELS.map((level) => [level, urgencyRank(level)])).toEqual([
    ['overdue', 1],
    ['critical', 2],
    ['high', 3],
    ['medium', 4],
    ['low', 5],
  ])
})

describe('the level that the due date gives', () => {
  const table = [
    [-3650, 'overdue'],
    [-1, 'overdue'],
    [0, 'critical'],
    [1, 'critical'],
    [5, 'critical'],
    [6, 'critical'],
    [7, 'critical'],
    [8, 'high'],
    [14, 'high'],
    [15, 'medium'],
    [30, 'medium'],
    [31, 'low'],
    [3650, 'low'],
  ] as const

  test.each(table)('is, %i days before it, %s', (left, level) => {
    expect(urgencyLevel(addDays(today, left), today, days)).toBe(level)
  })

  test.each([
    [2, 'critical'],
    [3, 'high'],
    [5, 'high'],
    [6, 'medium'],
    [9, 'medium'],
    [10, 'low'],
    [0, 'critical'],
    [-1, 'overdue'],
  ] as const)('follows thresholds of 2, 5 and 9 days: %i days left are %s', (left, level) => {
    expect(urgencyLevel(addDays(today, left), today, { critical: 2, high: 5, medium: 9 })).toBe(level)
  })

  test('is critical only on the day itself where no day is critical', () => {
    const strict = { critical: 0, high: 1, medium: 2 }
    expect([0, 1, 2, 3].map((left) => urgencyLevel(addDays(today, left), today, strict))).toEqual([
      'critical',
      'high',
      'medium',
      'low',
    ])
  })

  test.each([
    ['2028-02-29', '2028-02-28', 'critical'],
    ['2028-02-29', '2028-02-29', 'critical'],
    ['2028-02-29', '2028-03-01', 'overdue'],
    ['2028-03-07', '2028-02-28', 'high'],
    ['2027-03-07', '2027-02-28', 'critical'],
    ['2028-03-30', '2028-02-28', 'low'],
    ['2027-03-30', '2027-02-28', 'medium'],
    ['2027-01-07', '2026-12-31', 'critical'],
    ['2027-01-08', '2026-12-31', 'high'],
  ])('counts the days of the calendar: due %s, on %s it is %s', (due, on, level) => {
    expect(urgencyLevel(date(due), date(on), days)).toBe(level)
  })

  const someDay = fc.integer({ min: -400, max: 400 }).map((offset) => addDays(date('2028-02-29'), offset))
  const someDays = fc
    .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 })
    .map((three) => three.toSorted((one, other) => one - other))
    .map(([critical = 0, high = 0, medium = 0]) => ({ critical, high, medium }))

  test('never gets less urgent as days go by, nor more urgent by a later due date', () => {
    const rank = (due: LocalDate, on: LocalDate, by: UrgencyDays) => urgencyRank(urgencyLevel(due, on, by))
    fc.assert(
      fc.property(someDay, someDay, fc.nat({ max: 90 }), someDays, (due, on, wait, by) => {
        expect(rank(due, addDays(on, wait), by)).toBeLessThanOrEqual(rank(due, on, by))
        expect(rank(addDays(due, wait), on, by)).toBeGreaterThanOrEqual(rank(due, on, by))
      }),
    )
  })

  test('is overdue exactly when the invoice is', () => {
    fc.assert(
      fc.property(someDay, someDay, someDays, (dueDate, on, by) => {
        expect(urgencyLevel(dueDate, on, by) === 'overdue').toBe(isOverdue(pending({ dueDate }), on))
      }),
    )
  })
})

describe('the urgency of an invoice', () => {
  test('A35 is critical when it is due in 5 days', () => {
    expect(urgencyOf(pending({ dueDate: addDays(today, 5) }), today, days)).toEqual({
      level: 'critical',
      rank: 2,
      source: 'calculated',
      daysUntilDue: 5,
    })
  })

  test('says by how many days the due date is past', () => {
    expect(urgencyOf(pending({ dueDate: addDays(today, -10) }), today, days)).toEqual({
      level: 'overdue',
      rank: 1,
      source: 'calculated',
      daysUntilDue: -10,
    })
  })

  test('A6 is what somebody set, however late it is, and still tells the days', () => {
    const set = { level: 'low', reason: 'Disputed', setBy: 'amina', setAt: at } as const
    const { state } = overrideUrgency(pending({ dueDate: addDays(today, -1) }), set)
    expect(urgencyOf(state, today, days)).toEqual({
      level: 'low',
      rank: 5,
      source: 'manual',
      daysUntilDue: -1,
    })
    expect(isOverdue(state, today)).toBe(true)
  })

  test('counts for what is left of a partly paid one', () => {
    expect(urgencyOf(partlyPaid(), today, days)?.level).toBe('high')
  })

  test.each([paid(), voided()])('R17 is none when it is $status', (invoice) => {
    expect(urgencyOf(invoice, '2027-01-01' as LocalDate, days)).toBeNull()
  })
})
