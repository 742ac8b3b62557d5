import { createBooks } from '@daftari/application'
import { createMemoryAdapters, freshId, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { withAuditedInvoices } from '../src/audited-invoices.ts'
import { memoryAuditTrail } from '../src/memory-audit-trail.ts'

const scope = { ownerId: '019373c2-7a00-7000-8000-000000000001', actorId: 'asha' }

function openBooks() {
  const trail = memoryAuditTrail()
  const memory = createMemoryAdapters({ clock: manualClock('2026-11-21T09:00:00.000Z') })
  const adapters = withAuditedInvoices(memory, trail)
  const books = createBooks(adapters)
  const enter = (number: string, dueDate: string) =>
    books.invoices.create(scope, {
      supplier: { name: 'Tanesco' },
      number,
      dueDate,
      total: { amount: '1000', currency: 'TZS' },
    })
  const find = (id: string) => adapters.queries.invoices.find(scope.ownerId, id)
  return { trail, memory, adapters, books, enter, find }
}

describe('the examples that the earlier invoice system was designed by', () => {
  test('an invoice due in five days is critical', async () => {
    const { enter } = openBooks()
    expect((await enter('T-1', '2026-11-26')).urgency).toMatchObject({ level: 'critical', rank: 2 })
  })

  test('an id that nobody has finds null', async () => {
    const { find } = openBooks()
    expect(await find(freshId())).toBeNull()
  })

  test('of two invoices, due ten days ago and in ten days, exactly one is overdue', async () => {
    const { books, enter } = openBooks()
    const late = await enter('T-1', '2026-11-11')
    await enter('T-2', '2026-12-01')

    expect((await books.invoices.list(scope, { overdue: true })).data).toEqual([late])
  })

  test('an audited repository both saves and audits', async () => {
    const { trail, enter, find } = openBooks()
    const { id } = await enter('T-1', '2026-12-01')

    expect(await find(id)).not.toBeNull()
    expect(trail.wasAudited(id, 'inserted')).toBe(true)
  })

  test('a new amount goes through the domain', async () => {
    const { trail, books, enter } = openBooks()
    const { id: invoiceId } = await enter('T-1', '2026-12-01')
    const total = (amount: string) => ({ amount, currency: 'TZS' })

    const changed = await books.invoices.update(scope, { invoiceId, version: 1 }, { total: total('500') })
    expect(changed).toMatchObject({ version: 2, balance: total('500.00') })
    expect(trail.wasAudited(invoiceId, 'updated')).toBe(true)

    const nothing = books.invoices.update(scope, { invoiceId, version: 2 }, { total: total('0') })
    await expect(nothing).rejects.toMatchObject({ code: 'validation_failed' })
    expect(trail.lines).toHaveLength(2)
  })
})

test('a payment is a change of its invoice, made by whoever paid', async () => {
  const { trail, books, enter } = openBooks()
  const { id: invoiceId } = await enter('T-1', '2026-12-01')
  const amount = { amount: '400', currency: 'TZS' }

  await books.invoices.recordPayment(
    { ...scope, actorId: 'juma' },
    { invoiceId },
    { amount, paidOn: '2026-11-21', method: 'cash' },
  )

  expect(trail.lines.map(({ what, actorId }) => [what, actorId])).toEqual([
    ['inserted', 'asha'],
    ['updated', 'juma'],
  ])
})

test('an invoice that was not stored was not audited', async () => {
  const { trail, memory, enter } = openBooks()
  memory.failNext('storage_full')

  await expect(enter('T-1', '2026-12-01')).rejects.toMatchObject({ code: 'storage_full' })
  expect(trail.lines).toEqual([])
})

test('what a savepoint took back was not audited, and what came before it was', async () => {
  const { trail, adapters, enter, find } = openBooks()
  const kept = await enter('T-1', '2026-12-01')
  const stored = await find(kept.id)
  if (stored === null) throw new Error('the invoice is gone')

  await adapters.unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => {
    const takenBack = tx.transact(async (nested) => {
      nested.invoices.update({ ...stored, notes: 'never', version: 2 }, 1)
      throw new Error('changed my mind')
    })
    await expect(takenBack).rejects.toThrow('changed my mind')
  })

  expect(trail.lines).toHaveLength(1)
})
