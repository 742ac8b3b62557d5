import assert from 'node:assert/strict'
import type { InvoiceFilter, UrgencyDay } from '@daftari/application'
import { addDays, type PendingInvoice, URGENCY_LEVELS, type UrgencyLevel } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, on } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { paidInFull, voided, withPayments } from './invoice-states.ts'
import { anInvoice, aPayment } from './payables-builders.ts'
import { storedInvoice, storedInvoices } from './payables-steps.ts'

export const everyInvoice: InvoiceFilter = {
  statuses: [],
  levels: [],
  isOverdue: null,
  numberKey: null,
  supplierWords: [],
  dueFrom: null,
  dueTo: null,
  words: [],
}

const today = on('2026-11-21')
export const someDay: UrgencyDay = { today, days: { critical: 7, high: 14, medium: 30 } }

/** The numbers of what fits, sorted. */
async function found({ ports, ownerId }: OwnerBooks, filter: Partial<InvoiceFilter>): Promise<string[]> {
  const page = { after: null, limit: 100 }
  const fitting = { ...everyInvoice, ...filter }
  const invoices = await ports.queries.invoices.list(ownerId, fitting, 'dueDate', page, someDay)
  return invoices.map(({ number }) => number).sort()
}

function setByHand(level: UrgencyLevel): Pick<PendingInvoice, 'urgencyOverride'> {
  return { urgencyOverride: { level, reason: 'so', setBy: 'me', setAt: at('2026-11-01T09:00:00Z') } }
}

/** One invoice of each status, all due on the day before the day in question. */
async function storedStatuses(desk: OwnerBooks): Promise<void> {
  const dueDate = addDays(today, -1)
  const [pending, partly, paid, gone] = ['pending', 'partly', 'paid', 'void'].map((number) =>
    anInvoice({ number, dueDate }),
  )
  if (!pending || !partly || !paid || !gone) return
  await storedInvoice(desk, pending)
  await storedInvoice(desk, partly, withPayments(partly, [aPayment()]))
  await storedInvoice(desk, paid, paidInFull(paid))
  await storedInvoice(desk, gone, voided(gone))
}

async function storedDueDates(desk: OwnerBooks): Promise<void> {
  const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']
  await storedInvoices(
    desk,
    days.map((day) => anInvoice({ number: day, dueDate: on(day) })),
  )
}

/** Which invoices fit a filter. */
export const invoiceFiltersContract: Contract = {
  name: 'invoice filters',
  cases: [
    {
      name: 'finds invoices of several statuses',
      async run(harness) {
        await storedStatuses(harness)
        assert.deepEqual(await found(harness, { statuses: ['paid', 'pending'] }), ['paid', 'pending'])
      },
    },
    {
      name: 'finds overdue invoices: open ones with a due date before today (F71)',
      async run(harness) {
        await storedStatuses(harness)
        await storedInvoice(harness, anInvoice({ number: 'today', dueDate: today }))
        assert.deepEqual(await found(harness, { isOverdue: true }), ['partly', 'pending'])
      },
    },
    {
      name: 'finds the invoices that are not overdue, including settled ones',
      async run(harness) {
        await storedStatuses(harness)
        await storedInvoice(harness, anInvoice({ number: 'today', dueDate: today }))
        assert.deepEqual(await found(harness, { isOverdue: false }), ['paid', 'today', 'void'])
      },
    },
    {
      name: 'finds invoices by level, with inclusive limits',
      async run(harness) {
        const days = [-1, 0, 7, 8, 14, 15, 30, 31]
        await storedInvoices(
          harness,
          days.map((left) => anInvoice({ number: `${left}`, dueDate: addDays(today, left) })),
        )
        const byLevel = URGENCY_LEVELS.map((level) => found(harness, { levels: [level] }))
        assert.deepEqual(await Promise.all(byLevel), [['-1'], ['0', '7'], ['14', '8'], ['15', '30'], ['31']])
      },
    },
    {
      name: 'finds open invoices by the level that was set by hand',
      async run(harness) {
        const dueDate = addDays(today, 2)
        const settled = anInvoice({ number: 'settled', dueDate, ...setByHand('low') })
        await storedInvoices(harness, [
          anInvoice({ number: 'by hand', dueDate, ...setByHand('low') }),
          anInvoice({ number: 'by date', dueDate }),
        ])
        await storedInvoice(harness, settled, paidInFull(settled))
        assert.deepEqual(await found(harness, { levels: ['low', 'medium'] }), ['by hand'])
      },
    },
    {
      name: 'finds invoices by the key of their number',
      async run(harness) {
        await storedInvoices(harness, [anInvoice({ number: 're 17-a' }), anInvoice({ number: 'RE17-AB' })])
        assert.deepEqual(await found(harness, { numberKey: 'RE17-A' }), ['re 17-a'])
      },
    },
    {
      name: 'finds invoices due from a day on, inclusive',
      async run(harness) {
        await storedDueDates(harness)
        const days = ['2026-03-01', '2026-03-31', '2026-04-01']
        assert.deepEqual(await found(harness, { dueFrom: on('2026-03-01') }), days)
      },
    },
    {
      name: 'finds invoices due up to a day, inclusive',
      async run(harness) {
        await storedDueDates(harness)
        const days = ['2026-02-28', '2026-03-01', '2026-03-31']
        assert.deepEqual(await found(harness, { dueTo: on('2026-03-31') }), days)
      },
    },
  ],
}
