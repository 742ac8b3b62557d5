import type { Instant } from '../kernel/calendar/instant.ts'
import type { TimeZone } from '../kernel/calendar/time-zone.ts'
import type { OwnerId } from './ids.ts'

/** The person or organisation that the books belong to. */
export interface Owner {
  readonly id: OwnerId
  readonly name: string
  /** The time zone of the owner's days, until the settings name another one. */
  readonly timeZone: TimeZone
  readonly createdAt: Instant
  readonly createdBy: string
}
