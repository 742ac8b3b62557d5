import type { Instant } from '../kernel/calendar/instant.ts'
import type { TimeZone } from '../kernel/calendar/time-zone.ts'
import type { OwnerId } from './ids.ts'

/** Whose books these are: a person or an organisation. */
export interface Owner {
  readonly id: OwnerId
  readonly name: string
  /** Where the owner's days begin until the settings say otherwise. */
  readonly timeZone: TimeZone
  readonly createdAt: Instant
  readonly createdBy: string
}
