import { decideVoid } from '@daftari/domain'
import { parse } from '../../kernel/input/parse.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type InvoiceDeps } from './change-one.ts'
import { type InvoiceTarget, type InvoiceView, type ReasonInput, reasonInput } from './invoice-shapes.ts'

/**
 * Makes an invoice void: it is never due.
 * @throws not_found, precondition_required, concurrent_change, validation_failed, invoice_void, invoice_has_payments
 */
export function voidInvoice(deps: InvoiceDeps) {
  return async function voidInvoice(
    scope: TransactionScope,
    target: InvoiceTarget,
    fields: ReasonInput,
  ): Promise<InvoiceView> {
    return changeOne(deps, scope, target, async (invoice, { at }) => {
      const { reason } = parse(reasonInput, fields)
      return decideVoid(invoice, reason, at)
    })
  }
}
