import type { Ids } from '@daftari/application'
import { type Instant, type LocalDate, parseInstant, parseLocalDate } from '@daftari/domain'
import { risingIds, systemClock } from '@daftari/machine'

const ids: Ids = risingIds(systemClock)

/** An id that nothing has yet. */
export function freshId<Id extends string = string>(): Id {
  return ids.next<Id>()
}

/** @example at('2026-11-21T09:00:00.000Z') */
export function at(time: string): Instant {
  return required(parseInstant(time), time)
}

/** @example on('2026-11-21') */
export function on(date: string): LocalDate {
  return required(parseLocalDate(date), date)
}

function required<Value>(value: Value | null, text: string): Value {
  if (value === null) throw new TypeError(`${text} is no such thing`)
  return value
}
