import fc, { type Scheduler } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bill, booksWithInvoice, everyEvent } from '../../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks, tzs } from '../../../test/support/open-books.ts'
import { scheduledPorts } from '../../../test/support/scheduled-ports.ts'
import { type Books, createBooks, type InvoiceView, isDomainError } from '../../index.ts'

/** What each came to: the view, or the code of the refusal. */
async function outcomes(scheduler: Scheduler, answers: readonly Promise<InvoiceView>[]) {
  const settled = await scheduler.waitFor(Promise.allSettled(answers))
  const done: InvoiceView[] = []
  const refused: string[] = []
  for (const answer of settled) {
    if (answer.status === 'fulfilled') done.push(answer.value)
    else if (isDomainError(answer.reason)) refused.push(answer.reason.code)
    else throw answer.reason
  }
  return { done, refused }
}

function concurrently<Opened extends OpenBooks>(
  open: () => Promise<Opened>,
  check: (scheduler: Scheduler, opened: Opened, slow: Books) => Promise<void>,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const opened = await open()
      await check(scheduler, opened, createBooks(scheduledPorts(scheduler, opened.ports)))
    }),
    { numRuns: 200 },
  )
}

/** The invoice is what its events made of it, one after the other, and its payments add up. */
async function expectSound(opened: OpenBooks, invoiceId: string): Promise<InvoiceView> {
  const invoice = await opened.books.invoices.get(opened.scope, { invoiceId })
  const events = (await everyEvent(opened, opened.scope)).filter(({ subject }) => subject === invoiceId)
  expect(events.map(({ aggregateversion }) => aggregateversion)).toEqual(
    Array.from({ length: invoice.version }, (_, index) => index + 1),
  )
  events.forEach(({ data }, index) => {
    expect(data.before).toEqual(events[index - 1]?.data.after ?? null)
  })
  const { payments, status, total, paid, balance } = invoice
  expect(events.at(-1)?.data.after).toMatchObject({ payments, status, total })
  const [whole = 0n, sum = 0n, left = 0n] = [total, paid, balance].map(cents)
  const standing = payments.filter(({ reversal }) => reversal === null)
  expect(sum).toBe(standing.reduce((add, { amount }) => add + cents(amount), 0n))
  expect(sum + left).toBe(whole)
  expect(left >= 0n).toBe(true)
  const expected = sum === 0n ? 'pending' : left === 0n ? 'paid' : 'partly_paid'
  expect(status).toBe(status === 'void' ? 'void' : expected)
  return invoice
}

function cents({ amount }: { amount: string }): bigint {
  return BigInt(amount.replace('.', ''))
}

const paying = { paidOn: '2026-11-21', method: 'bank' } as const

describe('payments at the same time', () => {
  test('never come to more than the total, and each that was answered is there', () =>
    concurrently(booksWithInvoice, async (scheduler, opened, slow) => {
      const target = { invoiceId: opened.invoice.id }
      const { done, refused } = await outcomes(
        scheduler,
        ['40', '50', '60', '100'].map((amount) =>
          slow.invoices.recordPayment(opened.scope, target, { ...paying, amount: tzs(amount) }),
        ),
      )
      const known = ['concurrent_change', 'invoice_already_settled', 'payment_exceeds_balance']
      expect(refused.filter((code) => !known.includes(code))).toEqual([])
      expect(done.length).toBeGreaterThan(0)
      const { payments } = await expectSound(opened, opened.invoice.id)
      const answered = done.map((view) => view.payments.at(-1)?.id)
      expect(payments.map(({ id }) => id).toSorted()).toEqual(answered.toSorted())
    }))

  test('F16 that all saw the same version: exactly one is made', () =>
    concurrently(booksWithInvoice, async (scheduler, opened, slow) => {
      const target = { invoiceId: opened.invoice.id, version: 1 }
      const { done, refused } = await outcomes(
        scheduler,
        ['10', '20', '30'].map((amount) =>
          slow.invoices.recordPayment(opened.scope, target, { ...paying, amount: tzs(amount) }),
        ),
      )
      expect([done.length, refused]).toEqual([1, ['concurrent_change', 'concurrent_change']])
      expect((await expectSound(opened, opened.invoice.id)).payments).toHaveLength(1)
    }))

  test('F14 under one key: one is made, and nobody is told of another', () =>
    concurrently(booksWithInvoice, async (scheduler, opened, slow) => {
      const scope = { ...opened.scope, idempotencyKey: 'pay-1' }
      const target = { invoiceId: opened.invoice.id }
      const payment = { ...paying, amount: tzs('30') }
      const { done, refused } = await outcomes(
        scheduler,
        [1, 2, 3].map(() => slow.invoices.recordPayment(scope, target, payment)),
      )
      expect(refused).toEqual([])
      expect(new Set(done.map((view) => JSON.stringify(view))).size).toBe(1)
      expect((await expectSound(opened, opened.invoice.id)).payments).toHaveLength(1)
    }))
})

describe('whatever is done to one invoice at the same time', () => {
  test('each either happens whole, after the others, or not at all', () =>
    concurrently(
      async () => {
        const opened = await booksWithInvoice()
        const target = { invoiceId: opened.invoice.id }
        const payment = { ...paying, amount: tzs('40') }
        return { ...opened, paid: await opened.books.invoices.recordPayment(opened.scope, target, payment) }
      },
      async (scheduler, { paid, ...opened }, { invoices }) => {
        const { scope } = opened
        const target = { invoiceId: paid.id, version: '*' } as const
        const paymentId = paid.payments[0]?.id ?? ''
        const { done, refused } = await outcomes(scheduler, [
          invoices.recordPayment(scope, target, { ...paying, amount: tzs('60') }),
          invoices.reversePayment(scope, { ...target, paymentId }, { reason: 'Bounced' }),
          invoices.void(scope, target, { reason: 'Wrong' }),
          invoices.update(scope, target, { notes: 'x' }),
          invoices.setUrgency(scope, target, { level: 'low', reason: 'x' }),
        ])
        const known = ['concurrent_change', 'invoice_has_payments', 'invoice_already_settled', 'invoice_void']
        expect(refused.filter((code) => !known.includes(code))).toEqual([])
        const invoice = await expectSound(opened, paid.id)
        expect(Math.max(...done.map(({ version }) => version))).toBe(invoice.version)
        expect(new Set(done.map(({ version }) => version)).size).toBe(done.length)
      },
    ))

  test('an amount is changed or a payment made, never a payment of the old amount on the new', () =>
    concurrently(booksWithInvoice, async (scheduler, opened, { invoices }) => {
      const target = { invoiceId: opened.invoice.id, version: '*' } as const
      const { done, refused } = await outcomes(scheduler, [
        invoices.update(opened.scope, target, { total: tzs('50') }),
        invoices.recordPayment(opened.scope, target, { ...paying, amount: tzs('100') }),
      ])
      const known = ['concurrent_change', 'amount_frozen', 'payment_exceeds_balance']
      expect(refused.filter((code) => !known.includes(code))).toEqual([])
      expect(done).toHaveLength(1)
      const { total, status } = await expectSound(opened, opened.invoice.id)
      expect([total.amount, status]).toEqual(
        done[0]?.status === 'paid' ? ['100.00', 'paid'] : ['50.00', 'pending'],
      )
    }))
})

describe('R18 twins entered at the same time', () => {
  const open = async () => openBooks()

  test('exactly one is taken, and the others are told of it', () =>
    concurrently(open, async (scheduler, opened, slow) => {
      const names = ['Tanesco', 'TANESCO', ' tanesco']
      const { done, refused } = await outcomes(
        scheduler,
        names.map((name) => slow.invoices.create(opened.scope, bill({ supplier: { name } }))),
      )
      expect([done.length, refused]).toEqual([
        1,
        ['invoice_probable_duplicate', 'invoice_probable_duplicate'],
      ])
      const { data } = await opened.books.invoices.list(opened.scope)
      expect(data).toEqual(done)
    }))

  test('also where one becomes a twin by a change', () =>
    concurrently(
      async () => {
        const opened = openBooks()
        const other = await opened.books.invoices.create(opened.scope, bill({ number: 'INV-2' }))
        return { ...opened, other }
      },
      async (scheduler, opened, { invoices }) => {
        const target = { invoiceId: opened.other.id, version: 1 }
        const { done, refused } = await outcomes(scheduler, [
          invoices.create(opened.scope, bill()),
          invoices.update(opened.scope, target, { number: 'inv-1' }),
        ])
        expect([done.length, refused]).toEqual([1, ['invoice_probable_duplicate']])
      },
    ))

  test('each owner may have one, and each reason one more', () =>
    concurrently(open, async (scheduler, { scope, stranger }, { invoices }) => {
      const { done } = await outcomes(scheduler, [
        invoices.create(scope, bill({ duplicateReason: 'One meter' })),
        invoices.create(stranger, bill()),
        invoices.create(scope, bill({ duplicateReason: 'Two meters' })),
      ])
      expect(done).toHaveLength(3)
    }))
})
