import type { Decision, Invoice, InvoiceEvent, InvoiceId } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import { onVersion, type Precondition, requireVersion } from '../../kernel/input/precondition.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports, Transaction } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/owner-settings.ts'
import { invoiceJson } from './invoice-json.ts'
import type { InvoiceTarget, InvoiceView } from './invoice-shapes.ts'

export type InvoiceDeps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

type Seen = (kind: string, invoice: Invoice, expected: Precondition | undefined) => void
type Decide = (invoice: Invoice, tx: Transaction) => Promise<Decision<Invoice, InvoiceEvent>>

/**
 * The way of every change to one invoice: find it, see that the caller knew its version, decide, store what was
 * decided. `seen` judges the version that the caller gave, once the invoice is found.
 */
export async function changeOne(
  { unitOfWork, settings }: InvoiceDeps,
  scope: TransactionScope,
  { invoiceId, version }: InvoiceTarget,
  decide: Decide,
  seen: Seen = requireVersion,
): Promise<InvoiceView> {
  const id = idOf<InvoiceId>('invoice', invoiceId)
  const { today, days } = await settings.urgencyDay(scope.ownerId)
  return onVersion(version, () =>
    unitOfWork.transact(scope, async (tx) => {
      const invoice = found('invoice', id, await tx.invoices.find(id))
      seen('invoice', invoice, version)
      const { state, events } = await decide(invoice, tx)
      if (events.length > 0) tx.invoices.update(state, invoice.version)
      tx.events.append(events)
      return invoiceJson(state, today, days)
    }),
  )
}

/** For what may be done without having seen the invoice. @throws concurrent_change */
export function versionIfGiven(
  kind: string,
  record: { readonly id: string; readonly version: number },
  expected: Precondition | undefined,
): void {
  requireVersion(kind, record, expected ?? '*')
}
