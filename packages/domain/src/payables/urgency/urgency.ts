import type { Instant } from '../../kernel/calendar/instant.ts'
import { daysBetween, type LocalDate } from '../../kernel/calendar/local-date.ts'
import type { UrgencyDays } from '../settings-section.ts'

/** How soon an invoice must be paid, most urgent first. */
export const URGENCY_LEVELS = ['overdue', 'critical', 'high', 'medium', 'low'] as const
export type UrgencyLevel = (typeof URGENCY_LEVELS)[number]

/** 1 is the most urgent, 5 the least. */
export function urgencyRank(level: UrgencyLevel): number {
  return URGENCY_LEVELS.indexOf(level) + 1
}

/** The level calculated from the due date. The limits in `days` are inclusive. */
export function urgencyLevel(dueDate: LocalDate, today: LocalDate, days: UrgencyDays): UrgencyLevel {
  const left = daysBetween(today, dueDate)
  if (left < 0) return 'overdue'
  if (left <= days.critical) return 'critical'
  if (left <= days.high) return 'high'
  return left <= days.medium ? 'medium' : 'low'
}

/** A level set by hand. It stays until it is cleared and does not depend on the date. */
export interface UrgencyOverride {
  readonly level: UrgencyLevel
  readonly reason: string
  readonly setBy: string
  readonly setAt: Instant
}
