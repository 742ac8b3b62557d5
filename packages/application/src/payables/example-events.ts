import {
  changeInvoice,
  clearUrgency,
  type InvoiceEvent,
  type InvoiceId,
  type LocalDate,
  money,
  overrideUrgency,
  type PaymentId,
  recordPayment,
  registerInvoice,
  reversePayment,
  voidInvoice,
} from '@daftari/domain'
import { example } from '../kernel/examples.ts'

const { at, by, today, id } = example
const alone = { sameNumber: [], files: [] }

export function invoiceEvents(): readonly InvoiceEvent[] {
  const invoice = {
    id: id<InvoiceId>(4),
    supplier: { name: 'Tanesco', taxId: '100-123-456', iban: null },
    number: 'INV-2026-118',
    issueDate: today,
    dueDate: '2026-12-05' as LocalDate,
    total: money.of(590_000_00n, 'TZS'),
    subtotal: money.of(500_000_00n, 'TZS'),
    tax: money.of(90_000_00n, 'TZS'),
    notes: null,
    attachmentIds: [],
    duplicateReason: null,
    at,
    by,
  }
  const made = registerInvoice(invoice, alone)
  const changed = changeInvoice(made.state, { notes: 'Umeme wa Novemba' }, alone, at)
  const urgent = overrideUrgency(made.state, {
    level: 'critical',
    reason: 'Power will be cut',
    setBy: by,
    setAt: at,
  })
  const payment = {
    id: id<PaymentId>(5),
    amount: invoice.total,
    paidOn: today,
    method: 'mobile_money',
    reference: 'MP-7781',
  } as const
  const paid = recordPayment(made.state, payment, { at, by, today })
  return [
    ...made.events,
    ...changed.events,
    ...urgent.events,
    ...clearUrgency(urgent.state, at).events,
    ...paid.events,
    ...reversePayment(paid.state, payment.id, 'Paid from the wrong account', { at, by }).events,
    ...voidInvoice(made.state, 'Entered by mistake', at).events,
  ]
}
