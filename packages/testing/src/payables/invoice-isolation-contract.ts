import assert from 'node:assert/strict'
import { invoiceNumberKey } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { change, look, otherBooks, refusal } from '../kernel/steps.ts'
import { everyInvoice, someDay } from './invoice-filters-contract.ts'
import { anInvoice } from './payables-builders.ts'
import { storedInvoice } from './payables-steps.ts'

/** Another owner's invoices are as good as absent (F79, F80). */
export const invoiceIsolationContract: Contract = {
  name: 'invoices of another owner',
  cases: [
    {
      name: 'finds no invoice of another owner',
      brokenBy: { repository: 'invoices', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedInvoice(otherBooks(harness))
        assert.equal((await look(harness, (tx) => tx.invoices.find(id))) ?? null, null)
      },
    },
    {
      name: 'lists no invoice of another owner by number',
      brokenBy: { repository: 'invoices', method: 'listByNumber', gives: 'theirs' },
      async run(harness) {
        const { number } = await storedInvoice(otherBooks(harness))
        assert.deepEqual(await look(harness, (tx) => tx.invoices.listByNumber(invoiceNumberKey(number))), [])
      },
    },
    {
      name: 'accepts an invoice with the supplier and number of an invoice of another owner',
      async run(harness) {
        const { ports, ownerId } = harness
        const { number } = await storedInvoice(otherBooks(harness))
        const mine = await storedInvoice(harness, anInvoice({ number }))
        assert.ok(await ports.queries.invoices.find(ownerId, mine.id))
      },
    },
    {
      name: 'refuses to update an invoice of another owner, and does not change it',
      async run(harness) {
        const { ports, otherOwnerId } = harness
        const invoice = await storedInvoice(otherBooks(harness), anInvoice({ notes: 'theirs' }))
        const mine = { ...invoice, notes: 'mine', version: 2 }
        await refusal(
          change(harness, (tx) => tx.invoices.update(mine, 1)),
          'concurrent_change',
        )
        const stored = await ports.queries.invoices.find(otherOwnerId, invoice.id)
        assert.equal(stored?.notes, 'theirs')
      },
    },
    {
      name: 'shows no invoice of another owner',
      brokenBy: { queries: 'invoices', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { ports, ownerId } = harness
        const { id } = await storedInvoice(otherBooks(harness))
        assert.equal((await ports.queries.invoices.find(ownerId, id)) ?? null, null)
      },
    },
    {
      name: 'lists no invoice of another owner',
      brokenBy: { queries: 'invoices', method: 'list', gives: 'theirs' },
      async run(harness) {
        const { ports, ownerId } = harness
        await storedInvoice(otherBooks(harness))
        const page = { after: null, limit: 10 }
        const found = await ports.queries.invoices.list(ownerId, everyInvoice, '-total', page, someDay)
        assert.deepEqual(found, [])
      },
    },
    {
      name: 'sums no invoice of another owner',
      brokenBy: { queries: 'invoices', method: 'summarise', gives: 'theirs' },
      async run(harness) {
        const { ports, ownerId } = harness
        await storedInvoice(otherBooks(harness))
        assert.deepEqual(await ports.queries.invoices.summarise(ownerId, someDay), [])
      },
    },
  ],
}
