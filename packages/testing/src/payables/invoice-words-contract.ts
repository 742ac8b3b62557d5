import assert from 'node:assert/strict'
import type { InvoiceFilter } from '@daftari/application'
import type { Contract } from '../kernel/contract.ts'
import { on } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { everyInvoice, someDay } from './invoice-filters-contract.ts'
import { anInvoice } from './payables-builders.ts'
import { storedInvoices } from './payables-steps.ts'

const supplier = { name: 'Kilimo Fresh Supplies', taxId: 'TZ 100-200', iban: null }

async function countFound({ ports, ownerId }: OwnerBooks, filter: Partial<InvoiceFilter>): Promise<number> {
  const page = { after: null, limit: 100 }
  const fitting = { ...everyInvoice, ...filter }
  return (await ports.queries.invoices.list(ownerId, fitting, 'dueDate', page, someDay)).length
}

/** How invoices are searched by words. */
export const invoiceWordsContract: Contract = {
  name: 'invoice search',
  cases: [
    {
      name: 'finds invoices by the beginning of words of the supplier, including its tax id',
      async run(harness) {
        await storedInvoices(harness, [anInvoice({ supplier, notes: 'water' }), anInvoice()])
        assert.equal(await countFound(harness, { supplierWords: ['fre', 'ki'] }), 1)
        assert.equal(await countFound(harness, { supplierWords: ['20', 'tz'] }), 1)
        assert.equal(await countFound(harness, { supplierWords: ['water'] }), 0)
      },
    },
    {
      name: 'finds invoices by words of the supplier, the number and the notes together, but not of the tax id',
      async run(harness) {
        await storedInvoices(harness, [anInvoice({ supplier, number: 'RE-17', notes: 'Cold water' })])
        assert.equal(await countFound(harness, { words: ['fresh', '17', 'wat'] }), 1)
        assert.equal(await countFound(harness, { words: ['200'] }), 0)
      },
    },
    {
      name: 'finds no invoice by the middle of a word',
      async run(harness) {
        await storedInvoices(harness, [anInvoice({ notes: 'Underground' })])
        assert.equal(await countFound(harness, { words: ['ground'] }), 0)
      },
    },
    {
      name: 'finds the invoices that match all five words',
      async run(harness) {
        await storedInvoices(harness, [
          anInvoice({ notes: 'one two three four five' }),
          anInvoice({ notes: 'one two three four six' }),
        ])
        assert.equal(await countFound(harness, { words: ['on', 'tw', 'th', 'fo', 'fi'] }), 1)
      },
    },
    {
      name: 'finds the invoices that match all conditions together',
      async run(harness) {
        const fits = { supplier, notes: 'cold water', dueDate: on('2026-11-20') }
        await storedInvoices(harness, [
          anInvoice(fits),
          anInvoice({ ...fits, notes: 'hot water' }),
          anInvoice({ ...fits, dueDate: on('2026-11-10') }),
          anInvoice({ ...fits, dueDate: on('2026-12-20') }),
          anInvoice({ notes: 'cold water', dueDate: on('2026-11-20') }),
        ])
        const filter: Partial<InvoiceFilter> = {
          statuses: ['pending'],
          levels: ['overdue'],
          isOverdue: true,
          supplierWords: ['fresh'],
          dueFrom: on('2026-11-15'),
          dueTo: on('2026-12-31'),
          words: ['cold'],
        }
        assert.equal(await countFound(harness, filter), 1)
      },
    },
  ],
}
