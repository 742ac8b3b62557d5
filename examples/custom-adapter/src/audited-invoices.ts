import type { Ports } from '@daftari/application'
import { type Audit, type AuditTrail, withAudit } from './audit-trail.ts'

/** Adapters that tell `trail` of every invoice that was stored or changed, and of nothing else. */
export function withAuditedInvoices<Adapters extends Ports>(inner: Adapters, trail: AuditTrail): Adapters {
  return withAudit(inner, trail, auditInvoices)
}

const auditInvoices: Audit = ({ invoices }, note) => ({
  invoices: {
    ...invoices,
    insert(invoice) {
      invoices.insert(invoice)
      note('inserted', invoice)
    },
    update(invoice, expectedVersion) {
      invoices.update(invoice, expectedVersion)
      note('updated', invoice)
    },
  },
})
