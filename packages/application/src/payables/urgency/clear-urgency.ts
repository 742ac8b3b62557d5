import { decideClearance } from '@daftari/domain'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type InvoiceDeps } from '../invoice/change-one.ts'
import type { InvoiceTarget, InvoiceView } from '../invoice/invoice-shapes.ts'

/**
 * Removes the urgency set by hand, so that it is calculated from the due date again. @throws not_found,
 * precondition_required, concurrent_change, invoice_void, invoice_already_settled
 */
export function clearUrgency(deps: InvoiceDeps) {
  return async function clearUrgency(scope: TransactionScope, target: InvoiceTarget): Promise<InvoiceView> {
    return changeOne(deps, scope, target, async (invoice, { at }) => decideClearance(invoice, at))
  }
}
