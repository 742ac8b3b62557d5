import {
  changeInvoice,
  type InvoiceFacts,
  invoiceNumberKey,
  refuseBadTotals,
  requireStanding,
} from '@daftari/domain'
import { linkAttachments } from '../../files/link-attachments.ts'
import { parse } from '../../kernel/input/parse.ts'
import { withoutUndefined } from '../../kernel/input/without-undefined.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type InvoiceDeps } from './change-one.ts'
import { type InvoiceView, invoiceChange, type UpdateInvoiceInput } from './invoice-shapes.ts'

/**
 * Corrects a bill; fields of the supplier that are not given stay.
 * @throws not_found, precondition_required, concurrent_change, validation_failed, attachment_not_found,
 * invoice_void, amount_frozen, invoice_probable_duplicate
 */
export function updateInvoice(deps: InvoiceDeps) {
  return async function updateInvoice(
    scope: TransactionScope,
    { invoiceId, version, ...body }: UpdateInvoiceInput,
  ): Promise<InvoiceView> {
    return changeOne(deps, scope, { invoiceId, version }, async (invoice, tx) => {
      const { supplier, ...rest } = withoutUndefined(parse(invoiceChange, body))
      const change: Partial<InvoiceFacts> = rest
      const merged =
        supplier === undefined
          ? change
          : { ...change, supplier: { ...invoice.supplier, ...withoutUndefined(supplier) } }
      refuseBadTotals({ ...invoice, ...merged })
      await linkAttachments(tx, change.attachmentIds ?? [], deps.clock)
      const sameNumber = await tx.invoices.listByNumber(invoiceNumberKey(merged.number ?? invoice.number))
      return changeInvoice(requireStanding(invoice), merged, sameNumber, deps.clock.now())
    })
  }
}
