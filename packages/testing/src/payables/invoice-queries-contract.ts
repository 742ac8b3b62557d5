import assert from 'node:assert/strict'
import { type InvoiceSort, invoicePosition, type KeysetPage, type UrgencyDay } from '@daftari/application'
import { type Invoice, money } from '@daftari/domain'
import type { Contract, ContractCase } from '../kernel/contract.ts'
import { at, freshId, on } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { everyInvoice, someDay } from './invoice-filters-contract.ts'
import { paidInFull, withPayments } from './invoice-states.ts'
import { anInvoice, aPayment } from './payables-builders.ts'
import { storedInvoice, storedInvoices } from './payables-steps.ts'

const SORTS: readonly InvoiceSort[] = ['dueDate', 'urgency', '-total', '-createdAt']

function listed(
  { ports, ownerId }: OwnerBooks,
  sort: InvoiceSort,
  page: KeysetPage = { after: null, limit: 100 },
  day: UrgencyDay = someDay,
): Promise<readonly Invoice[]> {
  return ports.queries.invoices.list(ownerId, everyInvoice, sort, page, day)
}

function idsOf(invoices: readonly Invoice[]): string[] {
  return invoices.map(({ id }) => id)
}

/** Five invoices, of which some share their due date, total and time of entry. */
async function storedMonth(desk: OwnerBooks): Promise<readonly Invoice[]> {
  const list = [20, 19, 20, 28, 20].map((day, index) =>
    anInvoice({
      dueDate: on(`2026-11-${day}`),
      total: money.of(day === 19 ? 9n : 10n, 'TZS'),
      createdAt: at(`2026-10-01T09:00:0${index < 2 ? 2 : 1}.000Z`),
    }),
  )
  await storedInvoices(desk, list)
  return list
}

function sortCase(sort: InvoiceSort, order: readonly number[]): ContractCase {
  return {
    name: `lists invoices by ${sort}, ids in the same direction`,
    async run(harness) {
      const stored = await storedMonth(harness)
      assert.deepEqual(
        idsOf(await listed(harness, sort)),
        order.map((index) => stored[index]?.id),
      )
    },
  }
}

function walkCase(sort: InvoiceSort): ContractCase {
  return {
    name: `walks the pages of invoices by ${sort}, without gaps or duplicates`,
    async run(harness) {
      await storedMonth(harness)
      const positionOf = invoicePosition(sort, someDay)
      const walked: Invoice[] = []
      let after: KeysetPage['after'] = null
      for (let pages = 0; pages < 4; pages += 1) {
        const page = await listed(harness, sort, { after, limit: 2 })
        walked.push(...page)
        const last = page.at(-1)
        if (last === undefined) break
        after = positionOf(last)
      }
      assert.deepEqual(idsOf(walked), idsOf(await listed(harness, sort)))
    },
  }
}

/** How invoices are found, sorted and paged. */
export const invoiceQueriesContract: Contract = {
  name: 'invoice queries',
  cases: [
    {
      name: 'shows an invoice with its payments, oldest first',
      async run(harness) {
        const { ports, ownerId } = harness
        const payments = ['01', '02'].map((second) =>
          aPayment({ createdAt: at(`2026-11-22T09:00:${second}.000Z`) }),
        )
        const first = anInvoice()
        const paid = await storedInvoice(harness, first, withPayments(first, payments))
        const shown = await ports.queries.invoices.find(ownerId, first.id)
        assert.deepEqual(shown?.payments, paid.payments)
      },
    },
    {
      name: 'lists invoices with their payments, oldest first',
      async run(harness) {
        const payments = ['01', '02'].map((second) =>
          aPayment({ createdAt: at(`2026-11-22T09:00:${second}.000Z`) }),
        )
        const first = anInvoice()
        const paid = await storedInvoice(harness, first, withPayments(first, payments))
        const [shown] = await listed(harness, 'dueDate')
        assert.deepEqual(shown?.payments, paid.payments)
      },
    },
    {
      name: 'gives null for an invoice that does not exist, outside a transaction',
      async run({ ports, ownerId }) {
        assert.equal(await ports.queries.invoices.find(ownerId, freshId()), null)
      },
    },
    sortCase('dueDate', [1, 0, 2, 4, 3]),
    sortCase('urgency', [1, 0, 2, 4, 3]),
    sortCase('-total', [4, 3, 2, 0, 1]),
    sortCase('-createdAt', [1, 0, 4, 3, 2]),
    ...SORTS.map(walkCase),
    {
      name: 'sorts by the urgency of the day: a level set by hand counts before the due date, and settled invoices come last',
      async run(harness) {
        const urgencyOverride = {
          level: 'overdue',
          reason: 'now',
          setBy: 'me',
          setAt: at('2026-11-01T00:00:00Z'),
        } as const
        const [low, high, settled] = [
          anInvoice({ dueDate: on('2027-12-31'), urgencyOverride }),
          anInvoice({ dueDate: on('2026-12-01') }),
          anInvoice({ dueDate: on('2026-01-01') }),
        ]
        await storedInvoices(harness, [high, low])
        await storedInvoice(harness, settled, paidInFull(settled))
        assert.deepEqual(idsOf(await listed(harness, 'urgency')), [low.id, high.id, settled.id])
      },
    },
    {
      name: 'sorts totals as numbers, exactly beyond 2^53, with currencies with and without decimals on one scale',
      async run(harness) {
        const edge = 2n ** 53n
        const list = [
          anInvoice({ total: money.of(9_00n, 'TZS') }),
          anInvoice({ total: money.of(10n, 'JPY') }),
          anInvoice({ total: money.of(edge + 1n, 'TZS') }),
          anInvoice({ total: money.of(edge, 'TZS') }),
        ]
        await storedInvoices(harness, list)
        assert.deepEqual(
          idsOf(await listed(harness, '-total')),
          [2, 3, 1, 0].map((index) => list[index]?.id),
        )
      },
    },
  ],
}
