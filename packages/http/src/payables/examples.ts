import type { HttpContext } from '../endpoint/http-context.ts'
import { shared } from '../openapi/shared-examples.ts'

const { recorded } = shared
const INVOICE_ID = '019a9a60-5a00-7000-8000-000000000005'
const total = { amount: '590000.00', currency: 'TZS' }

const invoice = {
  supplier: { name: 'Tanesco', taxId: '100-123-456', iban: null },
  number: 'INV-2026-118',
  issueDate: '2026-11-21',
  dueDate: '2026-12-05',
  total,
  subtotal: { amount: '500000.00', currency: 'TZS' },
  tax: { amount: '90000.00', currency: 'TZS' },
  notes: null,
  attachmentIds: [],
  duplicateReason: null,
}

export const payablesExamples: HttpContext['examples'] = {
  NewInvoice: invoice,
  InvoiceChange: { dueDate: '2026-12-12', supplier: { iban: 'BE68539007547034' } },
  Invoice: {
    id: INVOICE_ID,
    version: 1,
    status: 'pending',
    ...invoice,
    voidReason: null,
    payments: [],
    paid: { amount: '0.00', currency: 'TZS' },
    balance: total,
    isOverdue: false,
    urgency: {
      level: 'high',
      rank: 3,
      source: 'calculated',
      daysUntilDue: 14,
      reason: null,
      setBy: null,
      setAt: null,
    },
    ...recorded,
  },
  NewPayment: { amount: total, paidOn: '2026-11-21', method: 'mobile_money', reference: 'MP-7781' },
  Reason: { reason: 'Paid from the wrong account' },
  UrgencyOverride: { level: 'critical', reason: 'Power will be cut' },
  InvoiceSummary: {
    levels: [{ level: 'high', rank: 3, sums: [{ currency: 'TZS', count: 1, total: '590000.00' }] }],
    overdue: { sums: [] },
    open: { sums: [{ currency: 'TZS', count: 1, total: '590000.00' }] },
  },
}
