import type { InvoiceView } from '../../src/index.ts'
import { bill } from '../support/invoice-books.ts'
import { NOWHERE, type StartedBooks, TODAY, tzs } from '../support/open-books.ts'
import { forged, type RefusalCase, type RefusalCases } from './refusal-case.ts'

type OnInvoice = (started: StartedBooks, invoice: InvoiceView) => Promise<unknown>

const reason = 'Asked to'
const payment = { paidOn: TODAY, method: 'cash' } as const

const pay = (amount: string): OnInvoice => {
  return ({ books, scope }, { id }) =>
    books.invoices.recordPayment(scope, { invoiceId: id }, { amount: tzs(amount), ...payment })
}

const takeBack: OnInvoice = ({ books, scope }, { id, version, payments: [last] }) =>
  books.invoices.reversePayment(scope, { invoiceId: id, version, paymentId: last?.id ?? NOWHERE }, { reason })

const declareVoid: OnInvoice = ({ books, scope }, { id, version }) =>
  books.invoices.void(scope, { invoiceId: id, version }, { reason })

/** On a bill of 100 shillings, after `steps`. */
function after(steps: readonly OnInvoice[], act: OnInvoice): RefusalCase {
  return {
    async given(started) {
      await started.books.invoices.create(started.scope, bill())
      for (const step of steps) await step(started, await onlyInvoice(started))
    },
    act: async (started) => act(started, await onlyInvoice(started)),
  }
}

async function onlyInvoice({ books, scope }: StartedBooks): Promise<InvoiceView> {
  const [invoice] = (await books.invoices.list(scope)).data
  if (invoice === undefined) throw new Error('There is no invoice yet')
  return invoice
}

type Write = 'update' | 'reversePayment' | 'setUrgency' | 'clearUrgency' | 'void'
type Input = { readonly invoiceId: string; readonly version?: number } & Record<string, unknown>

/** What every change of an invoice refuses that was or was not seen. */
function targets(write: Write, steps: readonly OnInvoice[], body: object): Record<string, RefusalCase> {
  function call(target: (invoice: InvoiceView) => Input): OnInvoice {
    return ({ books, scope }, invoice) => {
      const paymentId = invoice.payments[0]?.id
      const rest = write === 'reversePayment' ? { paymentId, ...body } : body
      const change = books.invoices[write] as (scope: StartedBooks['scope'], input: Input) => Promise<unknown>
      return change(scope, { ...rest, ...target(invoice) })
    }
  }
  return {
    not_found: after(
      steps,
      call(() => ({ invoiceId: NOWHERE, version: 1 })),
    ),
    precondition_required: after(
      steps,
      call(({ id }) => ({ invoiceId: id })),
    ),
    concurrent_change: after(
      steps,
      call(({ id, version }) => ({ invoiceId: id, version: version + 1 })),
    ),
  }
}

export const invoiceRefusals: RefusalCases = {
  'payables/invoice/create-invoice.ts': {
    validation_failed: ({ books, scope }) => books.invoices.create(scope, bill({ total: tzs('0') })),
    attachment_not_found: ({ books, scope }) =>
      books.invoices.create(scope, bill({ attachmentIds: [NOWHERE] })),
    invoice_probable_duplicate: after([], ({ books, scope }) => books.invoices.create(scope, bill())),
  },
  'payables/invoice/get-invoice.ts': {
    not_found: ({ books, scope }) => books.invoices.get(scope, { invoiceId: NOWHERE }),
  },
  'payables/invoice/list-invoices.ts': {
    invalid_query: ({ books, scope }) => books.invoices.list(scope, { limit: 101 }),
    invalid_cursor: ({ books, scope }) => books.invoices.list(scope, forged),
  },
  'payables/invoice/update-invoice.ts': {
    ...targets('update', [], { number: 'INV-2' }),
    validation_failed: after([], ({ books, scope }, { id, version }) =>
      books.invoices.update(scope, { invoiceId: id, version }, { number: '' }),
    ),
    attachment_not_found: after([], ({ books, scope }, { id, version }) =>
      books.invoices.update(scope, { invoiceId: id, version }, { attachmentIds: [NOWHERE] }),
    ),
    invoice_void: after([declareVoid], ({ books, scope }, { id, version }) =>
      books.invoices.update(scope, { invoiceId: id, version }, { number: 'INV-2' }),
    ),
    amount_frozen: after([pay('40')], ({ books, scope }, { id, version }) =>
      books.invoices.update(scope, { invoiceId: id, version }, { total: tzs('101') }),
    ),
    invoice_probable_duplicate: {
      async given({ books, scope }) {
        await books.invoices.create(scope, bill())
        await books.invoices.create(scope, bill({ number: 'INV-2' }))
      },
      async act({ books, scope }) {
        const [one, other] = (await books.invoices.list(scope)).data
        const target = { invoiceId: one?.id ?? '', version: 1 }
        return books.invoices.update(scope, target, { number: other?.number ?? '' })
      },
    },
  },
  'payables/payment/record-payment.ts': {
    not_found: (started) => pay('1')(started, { id: NOWHERE } as InvoiceView),
    concurrent_change: after([], ({ books, scope }, { id }) =>
      books.invoices.recordPayment(scope, { invoiceId: id, version: 2 }, { amount: tzs('1'), ...payment }),
    ),
    validation_failed: after([], pay('0')),
    payment_exceeds_balance: after([], pay('100.01')),
    invoice_void: after([declareVoid], pay('1')),
    invoice_already_settled: after([pay('100')], pay('1')),
  },
  'payables/payment/reverse-payment.ts': {
    ...targets('reversePayment', [pay('40')], { reason }),
    validation_failed: after([pay('40')], ({ books, scope }, { id, version, payments: [last] }) =>
      books.invoices.reversePayment(
        scope,
        { invoiceId: id, version, paymentId: last?.id ?? '' },
        { reason: '' },
      ),
    ),
    payment_already_reversed: after([pay('40'), takeBack], takeBack),
  },
  'payables/urgency/set-urgency.ts': {
    ...targets('setUrgency', [], { level: 'high', reason }),
    validation_failed: after([], ({ books, scope }, { id, version }) =>
      books.invoices.setUrgency(scope, { invoiceId: id, version }, { level: 'high', reason: '' }),
    ),
    invoice_void: after([declareVoid], ({ books, scope }, { id, version }) =>
      books.invoices.setUrgency(scope, { invoiceId: id, version }, { level: 'high', reason }),
    ),
    invoice_already_settled: after([pay('100')], ({ books, scope }, { id, version }) =>
      books.invoices.setUrgency(scope, { invoiceId: id, version }, { level: 'high', reason }),
    ),
  },
  'payables/urgency/clear-urgency.ts': {
    ...targets('clearUrgency', [], {}),
    invoice_void: after([declareVoid], ({ books, scope }, { id, version }) =>
      books.invoices.clearUrgency(scope, { invoiceId: id, version }),
    ),
    invoice_already_settled: after([pay('100')], ({ books, scope }, { id, version }) =>
      books.invoices.clearUrgency(scope, { invoiceId: id, version }),
    ),
  },
  'payables/invoice/void-invoice.ts': {
    ...targets('void', [], { reason }),
    validation_failed: after([], ({ books, scope }, { id, version }) =>
      books.invoices.void(scope, { invoiceId: id, version }, { reason: '' }),
    ),
    invoice_void: after([declareVoid], declareVoid),
    invoice_has_payments: after([pay('40')], declareVoid),
  },
}
