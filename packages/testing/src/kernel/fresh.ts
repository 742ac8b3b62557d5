import type { Ids, Scope } from '@daftari/application'
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

/** Books of a new owner. */
export function aScope(overrides: Partial<Scope> = {}): Scope {
  return { ownerId: freshId(), actorId: 'a-tester', ...overrides }
}

/** What every builder sets as the version, the times and the people of a record. */
export const recorded: {
  readonly version: number
  readonly createdAt: Instant
  readonly createdBy: string
  readonly updatedAt: Instant
} = {
  version: 1,
  createdAt: at('2026-11-21T09:00:00.000Z'),
  createdBy: 'a-tester',
  updatedAt: at('2026-11-21T09:00:00.000Z'),
}

function required<Value>(value: Value | null, text: string): Value {
  if (value === null) throw new TypeError(`${text} is no such thing`)
  return value
}
