import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dayNumberOf,
  daysBetween,
  type LocalDate,
  localDateOfDayNumber,
  monthOf,
  parseLocalDate,
} from './local-date.ts'

const FIRST_DAY = 0
const LAST_DAY = 47_846
const outside = new RangeError('The date lies outside 1970 to 2100')
const anyDay = fc.integer({ min: FIRST_DAY, max: LAST_DAY }).map(localDateOfDayNumber)

function date(text: string): LocalDate {
  const parsed = parseLocalDate(text)
  if (parsed === null) throw new Error(`${text} is not a date`)
  return parsed
}

describe('reading a date', () => {
  it.each([
    ...['1970-01-01', '2100-12-31', '2024-02-29', '2000-02-29', '2026-02-28', '2026-01-31', '2026-04-30'],
    ...['2026-06-30', '2026-09-30', '2026-11-30', '2026-12-31', '2026-10-31', '2026-08-31', '2026-07-31'],
    ...['2026-05-31', '2026-03-31'],
  ])('takes %s', (text) => expect(parseLocalDate(text)).toBe(text))

  it.each([
    ...[
      '2026-02-29',
      '0001-01-01',
      '9999-12-31',
      '2026-1-5',
      '2026-01-05T00:00:00Z',
      '1969-12-31',
      '2101-01-01',
    ],
    ...['2100-02-29', '2023-02-29', '2024-02-30', '2026-04-31', '2026-06-31', '2026-09-31', '2026-11-31'],
    ...['2026-01-32', '2026-00-10', '2026-13-10', '2026-01-00', '20260105', '2026/01/05', ' 2026-01-05'],
    ...['2026-01-05 ', '2026-01-05\n', '٢٠٢٦-٠١-٠٥', '26-01-05', '02026-01-05', '-2026-01-05', '', 'today'],
  ])('F72: refuses %j', (text) => expect(parseLocalDate(text)).toBeNull())

  it('is no plain text to the compiler', () => {
    expectTypeOf<string>().not.toExtend<LocalDate>()
    expectTypeOf<LocalDate>().toExtend<string>()
  })
})

describe('reckoning with days', () => {
  it('walks through every day from 1970 to 2100 as the calendar of the platform does', () => {
    for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
      const expected = new Date(day * 86_400_000).toISOString().slice(0, 10)
      const walked = localDateOfDayNumber(day)
      if (walked !== expected || dayNumberOf(walked) !== day)
        throw new Error(`day ${day}: ${walked}, ${expected}`)
    }
  })

  it('counts days there and back', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (from, to) => {
        expect(addDays(from, daysBetween(from, to))).toBe(to)
        expect(daysBetween(to, from)).toBe(0 - daysBetween(from, to))
        expect(compareDates(from, to)).toBe(Math.sign(dayNumberOf(from) - dayNumberOf(to)))
      }),
    )
    expect(daysBetween(date('2026-12-31'), date('2027-01-01'))).toBe(1)
    expect(addDays(date('2024-02-28'), 1)).toBe('2024-02-29')
    expect(addDays(date('2026-03-01'), -1)).toBe('2026-02-28')
  })

  it.each([
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 0, '2026-05-31'],
    ['2026-11-30', 1, '2026-12-30'],
  ])('takes %s and %d months to %s', (from, months, to) => expect(addMonths(date(from), months)).toBe(to))

  it('F72: takes 29 February to the 28th when the year has none', () => {
    expect(addYears(date('2024-02-29'), 1)).toBe('2025-02-28')
    expect(addYears(date('2024-02-29'), 4)).toBe('2028-02-29')
    expect(addYears(date('2024-02-29'), -1)).toBe('2023-02-28')
  })

  it('never leaves 1970 to 2100', () => {
    expect(() => addDays(date('2100-12-31'), 1)).toThrow(outside)
    expect(() => addDays(date('1970-01-01'), -1)).toThrow(outside)
    expect(() => addMonths(date('2100-12-01'), 1)).toThrow(outside)
    expect(() => addYears(date('1970-01-01'), -1)).toThrow(outside)
    expect(() => localDateOfDayNumber(Number.NaN)).toThrow(outside)
    expect(() => addDays(date('2026-01-01'), 0.5)).toThrow(outside)
  })

  it('compares and names the month', () => {
    expect(compareDates(date('2026-01-31'), date('2026-02-01'))).toBe(-1)
    expect(compareDates(date('2026-02-01'), date('2026-01-31'))).toBe(1)
    expect(compareDates(date('2026-02-01'), date('2026-02-01'))).toBe(0)
    expect(monthOf(date('2026-11-21'))).toBe('2026-11')
  })
})
