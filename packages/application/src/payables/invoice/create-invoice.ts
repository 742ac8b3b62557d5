import { type InvoiceId, invoiceNumberKey, registerInvoice } from '@daftari/domain'
import { filesNamed } from '../../files/references.ts'
import { parse } from '../../kernel/input/parse.ts'
import { occasionOf } from '../../kernel/occasion.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { InvoiceDeps } from './change-one.ts'
import { invoiceJson } from './invoice-json.ts'
import { type CreateInvoiceInput, createInvoiceInput, type InvoiceView } from './invoice-shapes.ts'

/** Registers a supplier's bill. @throws validation_failed, attachment_not_found, invoice_probable_duplicate */
export function createInvoice({ unitOfWork, clock, ids, settings }: InvoiceDeps) {
  return async function createInvoice(
    scope: TransactionScope,
    input: CreateInvoiceInput,
  ): Promise<InvoiceView> {
    const facts = parse(createInvoiceInput, input)
    const known = await settings.current(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const sameNumber = await tx.invoices.listByNumber(invoiceNumberKey(facts.number))
      const files = await filesNamed(tx, facts.attachmentIds)
      const { at, by, today } = occasionOf(scope, known, clock)
      const invoice = { id: ids.next<InvoiceId>(), ...facts, at, by }
      const { state, events } = registerInvoice(invoice, { sameNumber, files })
      if (files.length > 0) tx.attachments.link(facts.attachmentIds, at)
      tx.invoices.insert(state)
      tx.events.append(events)
      return invoiceJson(state, today, known.urgencyDays)
    })
  }
}
