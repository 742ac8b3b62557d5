import { type InvoiceId, invoiceNumberKey, registerInvoice } from '@daftari/domain'
import { linkAttachments } from '../../files/link-attachments.ts'
import { parse } from '../../kernel/input/parse.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { InvoiceDeps } from './change-one.ts'
import { invoiceJson } from './invoice-json.ts'
import { type CreateInvoiceInput, createInvoiceInput, type InvoiceView } from './invoice-shapes.ts'

/** Enters a supplier's bill. @throws validation_failed, attachment_not_found, invoice_probable_duplicate */
export function createInvoice({ unitOfWork, clock, ids, settings }: InvoiceDeps) {
  return async function createInvoice(
    scope: TransactionScope,
    input: CreateInvoiceInput,
  ): Promise<InvoiceView> {
    const facts = parse(createInvoiceInput, input)
    const { today, days } = await settings.urgencyDay(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const sameNumber = await tx.invoices.listByNumber(invoiceNumberKey(facts.number))
      const invoice = { id: ids.next<InvoiceId>(), ...facts, at: clock.now(), by: scope.actorId }
      await linkAttachments(tx, facts.attachmentIds, clock)
      const { state, events } = registerInvoice(invoice, sameNumber)
      tx.invoices.insert(state)
      tx.events.append(events)
      return invoiceJson(state, today, days)
    })
  }
}
