import { daysBetween, type LocalDate } from '../../kernel/calendar/local-date.ts'
import { type Invoice, isOpen } from '../invoice/invoice.ts'
import type { UrgencyDays } from '../settings-section.ts'
import { type UrgencyLevel, urgencyLevel, urgencyRank } from './urgency.ts'

export interface Urgency {
  readonly level: UrgencyLevel
  readonly rank: number
  readonly source: 'calculated' | 'manual'
  /** Negative when the due date is before today. */
  readonly daysUntilDue: number
}

/** The urgency of the invoice: the level set by hand, otherwise the level of its due date. `null` when the invoice is not open. */
export function urgencyOf(invoice: Invoice, today: LocalDate, days: UrgencyDays): Urgency | null {
  if (!isOpen(invoice)) return null
  const { dueDate, urgencyOverride } = invoice
  const level = urgencyOverride?.level ?? urgencyLevel(dueDate, today, days)
  return {
    level,
    rank: urgencyRank(level),
    source: urgencyOverride === null ? 'calculated' : 'manual',
    daysUntilDue: daysBetween(today, dueDate),
  }
}
