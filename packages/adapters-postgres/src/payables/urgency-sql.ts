import type { UrgencyDay } from '@daftari/application'
import { type RawBuilder, sql } from 'kysely'

/** The same text as in the partial indexes of open and settled invoices, so that the planner can use them. */
export const IS_OPEN: RawBuilder<boolean> = sql`i.status in ('pending', 'partly_paid')`
export const IS_SETTLED: RawBuilder<boolean> = sql`i.status in ('paid', 'void')`

/** The rule of `urgencyLevel` and `urgencyOf` in SQL. A test compares the two. */
export function urgencyLevelSql({ today, days }: UrgencyDay): RawBuilder<string | null> {
  return sql<string | null>`case when ${IS_OPEN} then coalesce(i.urgency_level,
    case when i.due_date < ${today}::date then 'overdue'
      when i.due_date <= ${today}::date + ${days.critical}::integer then 'critical'
      when i.due_date <= ${today}::date + ${days.high}::integer then 'high'
      when i.due_date <= ${today}::date + ${days.medium}::integer then 'medium'
      else 'low' end) end`
}

/** 1 to 5 for open invoices, and 6 for settled ones. */
export function urgencyRankSql(day: UrgencyDay): RawBuilder<number> {
  return sql<number>`coalesce(array_position(array['overdue', 'critical', 'high', 'medium', 'low'],
    ${urgencyLevelSql(day)}), 6)`
}

export function isOverdueSql({ today }: UrgencyDay): RawBuilder<boolean> {
  return sql<boolean>`(${IS_OPEN} and i.due_date < ${today}::date)`
}
