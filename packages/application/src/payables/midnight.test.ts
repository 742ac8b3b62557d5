import { type Clock, createBooks, type InvoiceView } from '@daftari/application'
import { type Instant, instant, localDateAt, parseInstant, type TimeZone } from '@daftari/domain'
import { aCategoryInput, aScope, createMemoryAdapters } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { bill } from '../../test/support/invoice-books.ts'
import { tzs } from '../../test/support/open-books.ts'

const DAR = 'Africa/Dar_es_Salaam' as TimeZone
const LAST = '2026-11-21T20:59:59.999Z'
const BEFORE = '2026-11-21'
const AFTER = '2026-11-22'

/** Stands on the last millisecond of a day until it is armed; then the day ends after so many more readings. */
function midnightClock(): Clock & { arm(readings: number): void; disarm(): void } {
  const last = parseInstant(LAST) ?? instant(0)
  let left = Number.POSITIVE_INFINITY
  return {
    now: () => {
      left -= 1
      return left < 0 ? instant(last + 1) : last
    },
    arm: (readings) => {
      left = readings
    },
    disarm: () => {
      left = Number.POSITIVE_INFINITY
    },
  }
}

async function books() {
  const clock = midnightClock()
  const opened = createBooks(createMemoryAdapters({ clock }))
  const scope = aScope()
  const invoice = await opened.invoices.create(scope, bill({ dueDate: BEFORE }))
  const { id: categoryId } = await opened.categories.create(scope, aCategoryInput())
  return { clock, books: opened, scope, invoice, categoryId }
}

function dayOf(time: string): string {
  return localDateAt(parseInstant(time) as Instant, DAR)
}

/** What the view says of the day is what was true at the moment of the change. */
function expectOneDay(view: InvoiceView): void {
  const day = dayOf(view.updatedAt)
  expect(view.isOverdue).toBe(view.status !== 'paid' && view.status !== 'void' && view.dueDate < day)
  if (view.urgency !== null) expect(view.urgency.daysUntilDue).toBe(day === BEFORE ? 0 : -1)
}

// The day ends after each number of readings of the clock that a change could make.
describe.each([0, 1, 2, 3, 4, 5, 6])('when the day ends after %i readings of the clock', (readings) => {
  test('F71 an invoice is entered and shown on one day', async () => {
    const { books: open, scope, clock } = await books()
    clock.arm(readings)
    expectOneDay(await open.invoices.create(scope, bill({ number: 'INV-2', dueDate: BEFORE })))
  })

  test('F71 a payment of tomorrow is judged and shown on one day', async () => {
    const { books: open, scope, clock, invoice } = await books()
    const payment = { amount: tzs('1'), paidOn: AFTER, method: 'cash' } as const
    clock.arm(readings)
    const view = await open.invoices
      .recordPayment(scope, { invoiceId: invoice.id }, payment)
      .catch(() => null)
    clock.disarm()
    const kept = view ?? (await open.invoices.get(scope, { invoiceId: invoice.id }))
    for (const { paidOn, createdAt } of kept.payments) expect(paidOn <= dayOf(createdAt)).toBe(true)
    if (view !== null) expectOneDay(view)
  })

  test.each([
    ['corrected', { notes: 'x' }],
    ['given another amount', { total: tzs('7') }],
  ])('F71 an invoice is %s and shown on one day', async (_, change) => {
    const { books: open, scope, clock, invoice } = await books()
    clock.arm(readings)
    expectOneDay(await open.invoices.update(scope, { invoiceId: invoice.id, version: 1 }, change))
  })

  test('F71 an expense of tomorrow is stored on no day before', async () => {
    const { books: open, scope, clock, categoryId } = await books()
    const fare = { amount: tzs('1'), categoryId, expenseDate: AFTER }
    clock.arm(readings)
    await open.expenses.create(scope, fare).catch(() => null)
    await open.expenses.createMany(scope, { items: [fare, fare] }).catch(() => null)
    const csv = `date,category,amount,description\n${AFTER},Usafiri,1,\n`
    await open.expenses.import(scope, { csv }).catch(() => null)
    clock.disarm()
    const { data } = await open.expenses.list(scope)
    for (const { expenseDate, createdAt } of data) expect(expenseDate <= dayOf(createdAt)).toBe(true)
  })
})
