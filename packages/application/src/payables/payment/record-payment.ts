import { decidePayment, type PaymentId } from '@daftari/domain'
import { parse } from '../../kernel/input/parse.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type Decide, type InvoiceDeps, versionIfGiven } from '../invoice/change-one.ts'
import {
  type InvoiceTarget,
  type InvoiceView,
  paymentInput,
  type RecordPaymentInput,
} from '../invoice/invoice-shapes.ts'

/**
 * Records a payment of a part or the whole balance of an invoice.
 * @throws not_found, concurrent_change, validation_failed, payment_exceeds_balance, invoice_void,
 * invoice_already_settled
 */
export function recordPayment(deps: InvoiceDeps) {
  return async function recordPayment(
    scope: TransactionScope,
    target: InvoiceTarget,
    fields: RecordPaymentInput,
  ): Promise<InvoiceView> {
    const decide: Decide = async (invoice, occasion) => {
      const { reference, ...paid } = parse(paymentInput, fields)
      const payment = { id: deps.ids.next<PaymentId>(), ...paid, reference: reference ?? null }
      return decidePayment(invoice, payment, occasion)
    }
    return changeOne(deps, scope, target, decide, versionIfGiven)
  }
}
