import { decideUrgency } from '@daftari/domain'
import { parse } from '../../kernel/input/parse.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type InvoiceDeps } from '../invoice/change-one.ts'
import {
  type InvoiceTarget,
  type InvoiceView,
  type SetUrgencyInput,
  urgencyInput,
} from '../invoice/invoice-shapes.ts'

/**
 * Sets the urgency by hand. It stays until it is cleared.
 * @throws not_found, precondition_required, concurrent_change, validation_failed, invoice_void, invoice_already_settled
 */
export function setUrgency(deps: InvoiceDeps) {
  return async function setUrgency(
    scope: TransactionScope,
    target: InvoiceTarget,
    fields: SetUrgencyInput,
  ): Promise<InvoiceView> {
    return changeOne(deps, scope, target, async (invoice, { at, by }) => {
      const { level, reason } = parse(urgencyInput, fields)
      const override = { level, reason, setBy: by, setAt: at }
      return decideUrgency(invoice, override)
    })
  }
}
