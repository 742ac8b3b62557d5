import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { change, onlyOneOf, refusal } from '../kernel/steps.ts'
import { voided, withPayments } from './invoice-states.ts'
import { anInvoice, aPayment } from './payables-builders.ts'
import { storedInvoice } from './payables-steps.ts'

const number = 'INV-17'
const supplier = { name: 'Kilimo Supplies Ltd', taxId: 'TZ 100-200', iban: null }
/** Another spelling of the same number and supplier. */
const twin = { number: 'inv -17', supplier: { ...supplier, name: 'Kilimo', taxId: 'tz100200' } }

/** What is refused of invoices. */
export const invoiceRulesContract: Contract = {
  name: 'rules of invoices',
  cases: [
    {
      name: 'refuses a probable duplicate and names its twin',
      async run(harness) {
        const { id } = await storedInvoice(harness, anInvoice({ number, supplier }))
        const attempt = change(harness, (tx) => tx.invoices.insert(anInvoice(twin)))
        assert.equal((await refusal(attempt, 'invoice_probable_duplicate')).twinId, id)
      },
    },
    {
      name: 'refuses an update that makes an invoice a duplicate of another',
      async run(harness) {
        await storedInvoice(harness, anInvoice({ number, supplier }))
        const other = await storedInvoice(harness, anInvoice({ supplier }))
        const attempt = change(harness, (tx) => tx.invoices.update({ ...other, ...twin, version: 2 }, 1))
        await refusal(attempt, 'invoice_probable_duplicate')
      },
    },
    {
      name: 'accepts one of two duplicates that are registered concurrently',
      async run(harness) {
        const attempts = [anInvoice({ number, supplier }), anInvoice(twin)].map((invoice) =>
          change(harness, (tx) => tx.invoices.insert(invoice)),
        )
        await onlyOneOf(attempts, 'invoice_probable_duplicate')
      },
    },
    {
      name: 'accepts a duplicate with a reason',
      async run(harness) {
        const { ports, ownerId } = harness
        await storedInvoice(harness, anInvoice({ number, supplier }))
        const other = anInvoice({ ...twin, duplicateReason: 'a second delivery' })
        await storedInvoice(harness, other)
        assert.ok(await ports.queries.invoices.find(ownerId, other.id))
      },
    },
    {
      name: 'accepts a duplicate of a void invoice',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = anInvoice({ number, supplier })
        await storedInvoice(harness, first, voided(first))
        const other = await storedInvoice(harness, anInvoice(twin))
        assert.ok(await ports.queries.invoices.find(ownerId, other.id))
      },
    },
    {
      name: 'refuses to update an invoice with a stale version',
      async run(harness) {
        const invoice = await storedInvoice(harness, anInvoice({ version: 3 }))
        await refusal(
          change(harness, (tx) => tx.invoices.update(invoice, 2)),
          'concurrent_change',
        )
      },
    },
    {
      name: 'refuses to update an invoice that does not exist',
      async run(harness) {
        await refusal(
          change(harness, (tx) => tx.invoices.update(anInvoice({ version: 2 }), 1)),
          'concurrent_change',
        )
      },
    },
    {
      name: 'lets one of two transactions pay the version of an invoice that both read (F16)',
      async run(harness) {
        const { ports, ownerId } = harness
        const invoice = await storedInvoice(harness)
        const payments = [aPayment(), aPayment()]
        const winner = await onlyOneOf(
          payments.map((payment) =>
            change(harness, (tx) => tx.invoices.update(withPayments(invoice, [payment]), 1)),
          ),
          'concurrent_change',
        )
        const stored = await ports.queries.invoices.find(ownerId, invoice.id)
        assert.deepEqual(
          stored?.payments.map(({ id }) => id),
          [payments[winner]?.id],
        )
      },
    },
  ],
}
