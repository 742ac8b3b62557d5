import type { Instant } from '../calendar/instant.ts'
import type { LocalDate } from '../calendar/local-date.ts'

/**
 * When and by whom something is done, and which day that is at the owner's place. It is read once for each change, so
 * that what is judged on one day is not shown on the next.
 */
export interface Occasion {
  readonly at: Instant
  readonly by: string
  readonly today: LocalDate
}
