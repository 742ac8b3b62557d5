import type { UrgencyDay } from '@daftari/application'
import { type RawBuilder, sql } from 'kysely'

/** As the indexes of open and of settled invoices say it, so that they can be used. */
export const IS_OPEN: RawBuilder<boolean> = sql`i.status in ('pending', 'partly_paid')`
export const IS_SETTLED: RawBuilder<boolean> = sql`i.status in ('paid', 'void')`

/** The rule of `urgencyLevel` and `urgencyOf` in SQL; a test holds the two to each other. */
export function urgencyLevelSql({ today, days }: UrgencyDay): RawBuilder<string | null> {
  return sql<string | null>`case when ${IS_OPEN} then coalesce(i.urgency_level,
    case when i.due_date < ${today}::date then 'overdue'
      when i.due_date <= ${today}::date + ${days.critical}::integer then 'critical'
      when i.due_date <= ${today}::date + ${days.high}::integer then 'high'
      when i.due_date <= ${today}::date + ${days.medium}::integer then 'medium'
      else 'low' end) end`
}

/** 1 to 5, and 6 for what need not be paid. */
export function urgencyRankSql(day: UrgencyDay): RawBuilder<number> {
  return sql<number>`coalesce(array_position(array['overdue', 'critical', 'high', 'medium', 'low'],
    ${urgencyLevelSql(day)}), 6)`
}

export function isOverdueSql({ today }: UrgencyDay): RawBuilder<boolean> {
  return sql<boolean>`(${IS_OPEN} and i.due_date < ${today}::date)`
}
