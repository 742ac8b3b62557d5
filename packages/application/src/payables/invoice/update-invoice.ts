import { decideChange, type InvoiceFacts, invoiceNumberKey } from '@daftari/domain'
import { filesNamed } from '../../files/references.ts'
import { parse } from '../../kernel/input/parse.ts'
import { withoutUndefined } from '../../kernel/input/without-undefined.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type InvoiceDeps } from './change-one.ts'
import {
  type InvoiceTarget,
  type InvoiceView,
  invoiceChange,
  type UpdateInvoiceInput,
} from './invoice-shapes.ts'

/**
 * Changes the given fields of an invoice. Fields of the supplier that are not given stay too.
 * @throws not_found, precondition_required, concurrent_change, validation_failed, attachment_not_found, invoice_void,
 * amount_frozen, invoice_probable_duplicate
 */
export function updateInvoice(deps: InvoiceDeps) {
  return async function updateInvoice(
    scope: TransactionScope,
    target: InvoiceTarget,
    fields: UpdateInvoiceInput,
  ): Promise<InvoiceView> {
    return changeOne(deps, scope, target, async (invoice, { at }, tx) => {
      const { supplier, ...rest } = withoutUndefined(parse(invoiceChange, fields))
      const change: Partial<InvoiceFacts> =
        supplier === undefined
          ? rest
          : { ...rest, supplier: { ...invoice.supplier, ...withoutUndefined(supplier) } }
      const named = change.attachmentIds ?? []
      const files = await filesNamed(tx, named)
      const sameNumber = await tx.invoices.listByNumber(invoiceNumberKey(change.number ?? invoice.number))
      const decision = decideChange(invoice, change, { sameNumber, files }, at)
      if (files.length > 0) tx.attachments.link(named, at)
      return decision
    })
  }
}
