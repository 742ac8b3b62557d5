import type { Instant } from './instant.ts'
import { type LocalDate, parseLocalDate } from './local-date.ts'

/** The name of a time zone, such as `Africa/Dar_es_Salaam`. */
export type TimeZone = string & { readonly __brand: 'TimeZone' }

interface Zone {
  readonly formatter: Intl.DateTimeFormat
  /** The last second for which the date was computed, and that date. */
  second: number
  date: LocalDate | null
}

const zones = new Map<string, Zone>()
const MAX_ZONES = 100

/**
 * Whether the text names a time zone of the IANA database. Bare offsets such as `+03:00` are refused, because
 * databases disagree about their sign.
 */
export function isTimeZone(text: string): text is TimeZone {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    zoneOf(text)
    return true
  } catch {
    return false
  }
}

/**
 * The date at that moment in that time zone. @throws RangeError outside 1970 to 2100, or for an unknown zone
 *
 * The result is cached for one second only. Clocks change at whole seconds, so the date is the same within
 * one second; over a longer time it can even go back, where a clock is set back across midnight.
 */
export function localDateAt(moment: Instant, timeZone: TimeZone): LocalDate {
  const zone = zoneOf(timeZone)
  const second = Math.floor(moment / 1000)
  if (zone.date !== null && zone.second === second) return zone.date
  const [month, day, year] = zone.formatter.format(moment).split('/')
  const date = parseLocalDate(`${year}-${month}-${day}`)
  if (date === null) throw new RangeError('The moment lies outside 1970 to 2100 there')
  Object.assign(zone, { second, date })
  return date
}

function zoneOf(timeZone: string): Zone {
  const key = timeZone.toLowerCase()
  const known = zones.get(key)
  if (known !== undefined) return known
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const zone: Zone = { formatter, second: 0, date: null }
  if (zones.size >= MAX_ZONES) zones.clear()
  zones.set(key, zone)
  return zone
}
