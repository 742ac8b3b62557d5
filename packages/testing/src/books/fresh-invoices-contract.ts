import assert from 'node:assert/strict'
import type { Contract } from '../kernel/contract.ts'
import { on } from '../kernel/fresh.ts'
import { change } from '../kernel/steps.ts'
import { everyInvoice, someDay } from '../payables/invoice-filters-contract.ts'
import { paidInFull } from '../payables/invoice-states.ts'
import { anInvoice } from '../payables/payables-builders.ts'
import { answers } from './fresh-answers-steps.ts'

const ALL = { after: null, limit: 10 }

/** As fresh answers, of invoices. */
export const freshInvoicesContract: Contract = {
  name: 'fresh answers about invoices',
  cases: [
    {
      name: 'shows an invoice with every change at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const invoice = anInvoice()
        const paid = paidInFull(invoice)
        const given = await answers(
          () => ports.queries.invoices.find(ownerId, invoice.id),
          () => change(harness, (tx) => tx.invoices.insert(invoice)),
          () => change(harness, (tx) => tx.invoices.update(paid, 1)),
        )
        assert.deepEqual(
          given.map((found) => found?.status ?? null),
          [null, 'pending', 'paid'],
        )
      },
    },
    {
      name: 'lists invoices with every change at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const invoice = anInvoice()
        const paid = paidInFull(invoice)
        const given = await answers(
          () => ports.queries.invoices.list(ownerId, everyInvoice, 'dueDate', ALL, someDay),
          () => change(harness, (tx) => tx.invoices.insert(invoice)),
          () => change(harness, (tx) => tx.invoices.update(paid, 1)),
        )
        assert.deepEqual(
          given.map((rows) => rows.map(({ status }) => status)),
          [[], ['pending'], ['paid']],
        )
      },
    },
    {
      name: 'sums invoices with every change at once',
      async run(harness) {
        const { ports, ownerId } = harness
        const [one, other] = [anInvoice(), anInvoice()]
        const urgent = { ...one, dueDate: on('2026-11-22'), version: 2 }
        const given = await answers(
          () => ports.queries.invoices.summarise(ownerId, someDay),
          () => change(harness, (tx) => tx.invoices.insert(one)),
          () => change(harness, (tx) => tx.invoices.insert(other)),
          () => change(harness, (tx) => tx.invoices.update(urgent, 1)),
        )
        const seen = given.map((rows) => rows.map(({ level, count }) => `${level} ${count}`).toSorted())
        assert.deepEqual(seen, [[], ['medium 1'], ['medium 2'], ['critical 1', 'medium 1']])
      },
    },
  ],
}
