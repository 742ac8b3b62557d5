import type { Instant } from '../calendar/instant.ts'
import type { LocalDate } from '../calendar/local-date.ts'

/**
 * The time of a change, the actor, and today's date in the owner's time zone. It is read once per change, so
 * that a change that runs across midnight is validated and shown by the same date.
 */
export interface Occasion {
  readonly at: Instant
  readonly by: string
  readonly today: LocalDate
}
