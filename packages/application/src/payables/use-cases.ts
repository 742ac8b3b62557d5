import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { createInvoice } from './invoice/create-invoice.ts'
import { getInvoice } from './invoice/get-invoice.ts'
import { listInvoices } from './invoice/list-invoices.ts'
import { summariseInvoices } from './invoice/summarise-invoices.ts'
import { updateInvoice } from './invoice/update-invoice.ts'
import { voidInvoice } from './invoice/void-invoice.ts'
import { recordPayment } from './payment/record-payment.ts'
import { reversePayment } from './payment/reverse-payment.ts'
import { clearUrgency } from './urgency/clear-urgency.ts'
import { setUrgency } from './urgency/set-urgency.ts'

export function payablesUseCases(deps: UseCaseDeps, { read, change, write }: UseCaseKinds) {
  return {
    invoices: Object.freeze({
      create: write('invoices.create', createInvoice(deps)),
      get: read(getInvoice(deps)),
      list: read(listInvoices(deps)),
      update: change('invoices.update', updateInvoice(deps)),
      recordPayment: change('invoices.recordPayment', recordPayment(deps)),
      reversePayment: change('invoices.reversePayment', reversePayment(deps)),
      setUrgency: change('invoices.setUrgency', setUrgency(deps)),
      clearUrgency: change('invoices.clearUrgency', clearUrgency(deps)),
      void: change('invoices.void', voidInvoice(deps)),
      summarise: read(summariseInvoices(deps)),
    }),
  }
}
