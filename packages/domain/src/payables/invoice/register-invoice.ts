import { requireAttachments } from '../../files/references.ts'
import type { Instant } from '../../kernel/calendar/instant.ts'
import type { Decision } from '../../kernel/events/decision.ts'
import { created } from '../../kernel/events/fact.ts'
import { firstVersion } from '../../kernel/identity/recorded.ts'
import { zero } from '../../kernel/money/money.ts'
import type { InvoiceId } from '../ids.ts'
import type { BillSurroundings } from './change-invoice.ts'
import { refuseDuplicate } from './duplicate.ts'
import type { Invoice, InvoiceEvent, InvoiceFacts, PendingInvoice } from './invoice.ts'
import { refuseBadTotals } from './invoice-totals.ts'

export interface NewInvoice extends InvoiceFacts {
  readonly id: InvoiceId
  readonly at: Instant
  readonly by: string
}

/** Registers a supplier's bill. @throws validation_failed, attachment_not_found, invoice_probable_duplicate */
export function registerInvoice(
  { id, at, by, ...facts }: NewInvoice,
  { sameNumber, files }: BillSurroundings,
): Decision<PendingInvoice, InvoiceEvent> {
  refuseBadTotals(facts)
  requireAttachments(facts.attachmentIds, files, at)
  refuseDuplicate({ id, ...facts }, sameNumber)
  const state: PendingInvoice = {
    id,
    ...facts,
    status: 'pending',
    payments: [],
    paid: zero(facts.total.currency),
    urgencyOverride: null,
    ...firstVersion(at, by),
  }
  return {
    state,
    events: [created<'invoice.registered', 'invoice', Invoice>('invoice.registered', 'invoice', state)],
  }
}
