import type { Decision, Invoice, InvoiceEvent, InvoiceId, Occasion } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import { onVersion, type Precondition, requireVersion } from '../../kernel/input/precondition.ts'
import { occasionOf } from '../../kernel/occasion.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports, Transaction } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import { invoiceJson } from './invoice-json.ts'
import type { InvoiceTarget, InvoiceView } from './invoice-shapes.ts'

export type InvoiceDeps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

/** Checks the version that the caller gave against the invoice that was found. */
export type JudgeVersion = (kind: string, invoice: Invoice, expected: Precondition | undefined) => void

export type Decide = (
  invoice: Invoice,
  occasion: Occasion,
  tx: Transaction,
) => Promise<Decision<Invoice, InvoiceEvent>>

/**
 * The steps of every change of one invoice: load it, check the version that the caller has read, apply the rule, store
 * the result, and return the view as of the day of the change.
 */
export async function changeOne(
  { unitOfWork, clock, settings }: InvoiceDeps,
  scope: TransactionScope,
  { invoiceId, version }: InvoiceTarget,
  decide: Decide,
  judgeVersion: JudgeVersion = requireVersion,
): Promise<InvoiceView> {
  const id = idOf<InvoiceId>('invoice', invoiceId)
  const known = await settings.current(scope.ownerId)
  return onVersion(version, () =>
    unitOfWork.transact(scope, async (tx) => {
      const invoice = found('invoice', id, await tx.invoices.find(id))
      judgeVersion('invoice', invoice, version)
      const occasion = occasionOf(scope, known, clock)
      const { state, events } = await decide(invoice, occasion, tx)
      if (events.length > 0) tx.invoices.update(state, invoice.version)
      tx.events.append(events)
      return invoiceJson(state, occasion.today, known.urgencyDays)
    }),
  )
}

/** Checks the version only when the caller gave one, for changes that do not require it. @throws concurrent_change */
export function versionIfGiven(
  kind: string,
  record: { readonly id: string; readonly version: number },
  expected: Precondition | undefined,
): void {
  requireVersion(kind, record, expected ?? '*')
}
