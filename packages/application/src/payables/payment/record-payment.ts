import { recordPayment as decide, type PaymentId, refuseBadPayment, requireOpen } from '@daftari/domain'
import { parse } from '../../kernel/input/parse.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type InvoiceDeps, versionIfGiven } from '../invoice/change-one.ts'
import { type InvoiceView, paymentInput, type RecordPaymentInput } from '../invoice/invoice-shapes.ts'

/**
 * Pays an invoice, in part or in whole.
 * @throws not_found, concurrent_change, validation_failed, payment_exceeds_balance, invoice_void, invoice_already_settled
 */
export function recordPayment(deps: InvoiceDeps) {
  return async function recordPayment(
    scope: TransactionScope,
    { invoiceId, version, ...body }: RecordPaymentInput,
  ): Promise<InvoiceView> {
    const { today } = await deps.settings.today(scope.ownerId)
    const occasion = { at: deps.clock.now(), by: scope.actorId, today }
    const decidePayment: Parameters<typeof changeOne>[3] = async (invoice) => {
      const { reference, ...paid } = parse(paymentInput, body)
      const payment = { id: deps.ids.next<PaymentId>(), ...paid, reference: reference ?? null }
      refuseBadPayment(invoice, payment, today)
      return decide(requireOpen(invoice), payment, occasion)
    }
    return changeOne(deps, scope, { invoiceId, version }, decidePayment, versionIfGiven)
  }
}
