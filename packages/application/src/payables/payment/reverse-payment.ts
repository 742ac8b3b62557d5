import { decideReversal, findPayment, type PaymentId } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import { parse } from '../../kernel/input/parse.ts'
import { requireVersion } from '../../kernel/input/precondition.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import { changeOne, type Decide, type InvoiceDeps, type JudgeVersion } from '../invoice/change-one.ts'
import {
  type InvoiceView,
  type PaymentTarget,
  type ReasonInput,
  reasonInput,
} from '../invoice/invoice-shapes.ts'

/**
 * Reverses a recorded payment.
 * @throws not_found, precondition_required, concurrent_change, validation_failed, payment_already_reversed
 */
export function reversePayment(deps: InvoiceDeps) {
  return async function reversePayment(
    scope: TransactionScope,
    target: PaymentTarget,
    fields: ReasonInput,
  ): Promise<InvoiceView> {
    const id = idOf<PaymentId>('payment', target.paymentId)
    const decide: Decide = async (invoice, occasion) => {
      const { reason } = parse(reasonInput, fields)
      return decideReversal(invoice, id, reason, occasion)
    }
    // A missing payment is reported before a stale version, as a missing invoice is.
    const judgeVersion: JudgeVersion = (kind, invoice, expected) => {
      found('payment', id, findPayment(invoice, id))
      requireVersion(kind, invoice, expected)
    }
    return changeOne(deps, scope, target, decide, judgeVersion)
  }
}
