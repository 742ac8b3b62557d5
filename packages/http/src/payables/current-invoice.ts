import { type Books, invoiceView } from '@daftari/application'
import type { Current } from '../endpoint/endpoint.ts'

export const INVOICES = 'Invoices'

export function currentInvoice({ invoices }: Books): Current {
  return { view: invoiceView(), read: ({ scope, id }) => invoices.get(scope, { invoiceId: id }) }
}
