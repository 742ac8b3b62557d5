import assert from 'node:assert/strict'
import { type AttachmentId, invoiceNumberKey, money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId, on } from '../kernel/fresh.ts'
import { change, look } from '../kernel/steps.ts'
import { paidInFull, reversed, voided, withPayments } from './invoice-states.ts'
import { anInvoice, aPayment } from './payables-builders.ts'
import { storedInvoice, storedInvoices } from './payables-steps.ts'

const everyField = anInvoice({
  supplier: { name: 'Müller & Söhne 🚜', taxId: 'DE 123-456', iban: 'DE89370400440532013000' },
  number: 'RE 2026/17',
  issueDate: on('2026-11-01'),
  total: money.of(2n ** 62n, 'EUR'),
  subtotal: money.of(2n ** 62n - 19n, 'EUR'),
  tax: money.of(19n, 'EUR'),
  notes: 'first line\nsecond "line"',
  attachmentIds: [freshId<AttachmentId>(), freshId<AttachmentId>()].toReversed(),
  duplicateReason: 'sent in two parts',
  urgencyOverride: {
    level: 'critical',
    reason: 'they stop delivering',
    setBy: 'a-manager',
    setAt: at('2026-11-21T09:00:00.321Z'),
  },
})

/** What a transaction finds and changes of invoices. */
export const invoiceRepositoryContract: Contract = {
  name: 'invoices',
  cases: [
    {
      name: 'finds an invoice as it was stored, in any currency',
      async run(harness) {
        await storedInvoice(harness, everyField)
        assert.deepEqual(await look(harness, (tx) => tx.invoices.find(everyField.id)), everyField)
      },
    },
    {
      name: 'gives null for an invoice that does not exist',
      async run(harness) {
        assert.equal(await look(harness, (tx) => tx.invoices.find(freshId())), null)
      },
    },
    {
      name: 'finds an invoice that the same transaction staged',
      async run(harness) {
        const invoice = anInvoice()
        await change(harness, async (tx) => {
          tx.invoices.insert(invoice)
          assert.equal((await tx.invoices.find(invoice.id))?.id, invoice.id)
        })
      },
    },
    {
      name: 'finds an invoice with its payments, oldest first',
      async run(harness) {
        const payments = ['01', '02', '03'].map((second) =>
          aPayment({ createdAt: at(`2026-11-22T09:00:${second}.000Z`) }),
        )
        const first = anInvoice()
        const states = [1, 2, 3].map((count) => ({
          ...withPayments(first, payments.slice(0, count)),
          version: count + 1,
        }))
        await storedInvoice(harness, first, ...states)
        const found = await look(harness, (tx) => tx.invoices.find(first.id))
        assert.deepEqual(
          found?.payments.map(({ id }) => id),
          payments.map(({ id }) => id),
        )
      },
    },
    {
      name: 'stores a payment that an update adds',
      async run(harness) {
        const { ports, ownerId } = harness
        const payment = aPayment({ method: 'mobile_money', reference: 'M-PESA 7XK' })
        const first = anInvoice()
        const paid = await storedInvoice(harness, first, withPayments(first, [payment]))
        assert.deepEqual(await ports.queries.invoices.find(ownerId, first.id), paid)
      },
    },
    {
      name: 'stores a payment that an update reverses',
      async run(harness) {
        const { ports, ownerId } = harness
        const payment = aPayment()
        const first = anInvoice()
        const paid = withPayments(first, [payment])
        const back = await storedInvoice(harness, first, paid, withPayments(paid, [reversed(payment)]))
        assert.deepEqual(await ports.queries.invoices.find(ownerId, first.id), back)
      },
    },
    {
      name: 'stores the changed fields of an update',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = anInvoice()
        const corrected = {
          ...everyField,
          id: first.id,
          version: 2,
          urgencyOverride: null,
          dueDate: on('2027-01-31'),
        }
        await storedInvoice(harness, first, corrected)
        assert.deepEqual(await ports.queries.invoices.find(ownerId, first.id), corrected)
      },
    },
    {
      name: 'stores an urgency set by hand, and its removal',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = anInvoice()
        const set = { ...first, version: 2, urgencyOverride: everyField.urgencyOverride }
        await storedInvoice(harness, first, set)
        const read = async () => (await ports.queries.invoices.find(ownerId, first.id))?.urgencyOverride
        assert.deepEqual(await read(), everyField.urgencyOverride)
        await change(harness, (tx) => tx.invoices.update({ ...first, version: 3 }, 2))
        assert.equal(await read(), null)
      },
    },
    {
      name: 'stores the reason of a void invoice',
      async run(harness) {
        const { ports, ownerId } = harness
        const first = anInvoice()
        const last = await storedInvoice(harness, first, voided(first))
        assert.deepEqual(await ports.queries.invoices.find(ownerId, first.id), last)
      },
    },
    {
      name: 'lists the invoices with a number, of all suppliers, except void ones',
      async run(harness) {
        const number = 'INV 17/2026'
        const from = (name: string) => ({ supplier: { name, taxId: null, iban: null } })
        const [first, gone] = [anInvoice({ number }), anInvoice({ number, ...from('Third') })]
        const other = anInvoice({ number: 'inv17/2026', ...from('Other') })
        await storedInvoice(harness, gone, voided(gone))
        await storedInvoices(harness, [other, anInvoice({ number: 'INV 18/2026' })])
        await storedInvoice(harness, first, paidInFull(first))
        const found = await look(harness, (tx) => tx.invoices.listByNumber(invoiceNumberKey(number)))
        assert.deepEqual(found.map(({ id }) => id).sort(), [first.id, other.id].sort())
      },
    },
  ],
}
