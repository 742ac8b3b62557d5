import { civilOfDayNumber, dayNumberOfCivil, daysInMonth } from './civil.ts'

/** A day of the calendar, `YYYY-MM-DD`, from 1970-01-01 to 2100-12-31. Sorting the text sorts by time. */
export type LocalDate = string & { readonly __brand: 'LocalDate' }

/** A month of the calendar, `YYYY-MM`. */
export type LocalMonth = string & { readonly __brand: 'LocalMonth' }

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const FIRST_YEAR = 1970
const LAST_YEAR = 2100

/** Reads `YYYY-MM-DD`. Gives `null` when the text has another form, names no day of the calendar, or is out of range. */
export function parseLocalDate(text: string): LocalDate | null {
  const match = PATTERN.exec(text)
  if (match === null) return null
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return null
  if (day < 1 || day > daysInMonth(year, month)) return null
  return match[0] as LocalDate
}

/** The day as the number of days since 1970-01-01. */
export function dayNumberOf(date: LocalDate): number {
  return dayNumberOfCivil(yearOf(date), monthNumberOf(date), dayOf(date))
}

/** The day with that number. @throws RangeError outside 1970 to 2100 */
export function localDateOfDayNumber(dayNumber: number): LocalDate {
  const { year, month, day } = civilOfDayNumber(dayNumber)
  return localDate(year, month, day)
}

/** Adds days; a negative number goes back. @throws RangeError outside 1970 to 2100 */
export function addDays(date: LocalDate, days: number): LocalDate {
  return localDateOfDayNumber(dayNumberOf(date) + days)
}

/**
 * Adds months; a negative number goes back. Gives the last day of the month when the month has no such day.
 * @throws RangeError outside 1970 to 2100
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const monthsSinceYearZero = yearOf(date) * 12 + monthNumberOf(date) - 1 + months
  const year = Math.floor(monthsSinceYearZero / 12)
  const month = monthsSinceYearZero - year * 12 + 1
  return localDate(year, month, Math.min(dayOf(date), daysInMonth(year, month)))
}

/** Adds years; a negative number goes back. 29 February becomes the 28th. @throws RangeError outside 1970 to 2100 */
export function addYears(date: LocalDate, years: number): LocalDate {
  return addMonths(date, years * 12)
}

/** The number of days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumberOf(to) - dayNumberOf(from)
}

/** Negative when `left` is earlier, positive when it is later, zero when both are the same day. */
export function compareDates(left: LocalDate, right: LocalDate): -1 | 0 | 1 {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** The month that contains the day. */
export function monthOf(date: LocalDate): LocalMonth {
  return date.slice(0, 7) as LocalMonth
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4))
}

function monthNumberOf(date: LocalDate): number {
  return Number(date.slice(5, 7))
}

function dayOf(date: LocalDate): number {
  return Number(date.slice(8, 10))
}

function localDate(year: number, month: number, day: number): LocalDate {
  const date = parseLocalDate(`${year}-${twoDigits(month)}-${twoDigits(day)}`)
  if (date === null) throw new RangeError('The date lies outside 1970 to 2100')
  return date
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
