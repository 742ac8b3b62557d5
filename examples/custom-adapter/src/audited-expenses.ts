import type { Ports } from '@daftari/application'
import { type Audit, type AuditTrail, withAudit } from './audit-trail.ts'

/** Adapters that tell `trail` of every expense that was stored, changed or deleted, and of nothing else. */
export function withAuditedExpenses<Adapters extends Ports>(inner: Adapters, trail: AuditTrail): Adapters {
  return withAudit(inner, trail, auditExpenses)
}

const auditExpenses: Audit = ({ expenses }, note) => ({
  expenses: {
    ...expenses,
    insert(expense) {
      expenses.insert(expense)
      note('inserted', expense)
    },
    update(expense, expectedVersion) {
      expenses.update(expense, expectedVersion)
      note('updated', expense)
    },
    delete(expense) {
      expenses.delete(expense)
      note('deleted', expense)
    },
  },
})
