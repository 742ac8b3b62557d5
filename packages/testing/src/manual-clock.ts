import type { Clock } from '@daftari/application'
import { type Instant, instant, parseInstant } from '@daftari/domain'

/** A clock that stands still until it is told otherwise. */
export interface ManualClock extends Clock {
  set(time: string): void
  advance(durationMs: number): void
}

/** @example const clock = manualClock('2026-11-21T09:00:00.000Z') */
export function manualClock(start: string): ManualClock {
  let now = read(start)
  return {
    now: () => now,
    set(time) {
      now = read(time)
    },
    advance(durationMs) {
      now = instant(now + durationMs)
    },
  }
}

function read(time: string): Instant {
  const parsed = parseInstant(time)
  if (parsed === null) throw new TypeError(`${time} is not an RFC 3339 instant`)
  return parsed
}
