import { civilOfDayNumber, dayNumberOfCivil, daysInMonth } from './civil.ts'

/** A moment: whole milliseconds since 1970-01-01T00:00:00Z, within the years 0000 to 9999. */
export type Instant = number & { readonly __brand: 'Instant' }

const DAY_MS = 86_400_000
const EARLIEST_MS = -62_167_219_200_000
const LATEST_MS = 253_402_300_799_999
const PATTERN = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/**
 * The moment that is this number of milliseconds after 1970-01-01T00:00:00Z. @throws RangeError unless it is
 * an integer within the years 0000 to 9999
 */
export function instant(epochMs: number): Instant {
  if (!isInstant(epochMs)) throw new RangeError(`${epochMs} is not an instant`)
  return epochMs
}

/** RFC 3339 in UTC with milliseconds: `2026-11-21T09:00:00.000Z`. */
export function formatInstant(moment: Instant): string {
  const dayNumber = Math.floor(moment / DAY_MS)
  const { year, month, day } = civilOfDayNumber(dayNumber)
  const ms = moment - dayNumber * DAY_MS
  const time = `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1_000) % 60, 2)}`
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}.${pad(ms % 1_000, 3)}Z`
}

/**
 * Reads RFC 3339, with `Z` or an offset, and gives `null` for anything else. Digits after the milliseconds
 * are cut off; leap seconds (`:60`) are refused, because an `Instant` cannot represent them.
 */
export function parseInstant(text: string): Instant | null {
  const match = PATTERN.exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const offsetHours = Number(match[9] ?? 0)
  const offsetMinutes = Number(match[10] ?? 0)
  if (offsetHours > 23 || offsetMinutes > 59) return null
  const local = dayNumberOfCivil(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000
  const fractionMs = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000 * (match[8] === '-' ? -1 : 1)
  const epochMs = local + fractionMs - offsetMs
  return isInstant(epochMs) ? epochMs : null
}

function isInstant(epochMs: number): epochMs is Instant {
  return Number.isInteger(epochMs) && epochMs >= EARLIEST_MS && epochMs <= LATEST_MS
}

function pad(value: number, width: number): string {
  return String(Math.floor(value)).padStart(width, '0')
}
