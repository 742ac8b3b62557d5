import { createBooks } from '@daftari/application'
import { describe, expect, it } from 'vitest'
import {
  aCategoryInput,
  anExpenseInput,
  anInvoiceInput,
  aPaymentInput,
  aScope,
  createMemoryAdapters,
  manualClock,
} from '../src/index.ts'

function openBooks() {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const memory = createMemoryAdapters({ clock })
  return { memory, clock, books: createBooks(memory), scope: aScope() }
}

describe('failNext', () => {
  it('makes the next transaction fail with the code and its details, and store nothing', async () => {
    const { memory, books, scope } = openBooks()
    memory.failNext('concurrent_change', { kind: 'category', id: 'x' })
    const attempt = books.categories.create(scope, aCategoryInput())
    await expect(attempt).rejects.toMatchObject({ code: 'concurrent_change', details: { kind: 'category' } })
    expect((await books.categories.list(scope)).data).toEqual([])
  })

  it('fails once for each time it was asked to, in that order', async () => {
    const { memory, books, scope } = openBooks()
    memory.failNext('unavailable')
    memory.failNext('overloaded')
    const create = () => books.categories.create(scope, aCategoryInput())
    await expect(create()).rejects.toMatchObject({ code: 'unavailable' })
    await expect(create()).rejects.toMatchObject({ code: 'overloaded' })
    await expect(create()).resolves.toMatchObject({ name: 'Travel' })
  })

  it('leaves a key free that the failed transaction came under (F15)', async () => {
    const { memory, books } = openBooks()
    const scope = aScope({ idempotencyKey: 'a key' })
    memory.failNext('unavailable')
    await expect(books.categories.create(scope, aCategoryInput())).rejects.toMatchObject({
      code: 'unavailable',
    })
    const first = await books.categories.create(scope, aCategoryInput())
    expect(await books.categories.create(scope, aCategoryInput())).toEqual(first)
  })

  it('is not used up by a transaction that a rule refuses before its end', async () => {
    const { memory, books, scope } = openBooks()
    await books.categories.create(scope, aCategoryInput())
    memory.failNext('unavailable')
    await expect(books.categories.create(scope, aCategoryInput())).rejects.toMatchObject({
      code: 'category_name_taken',
    })
    await expect(books.categories.create(scope, aCategoryInput({ name: 'Rent' }))).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})

describe('memory adapters', () => {
  it('keep the books of two of them apart', async () => {
    const [one, other] = [openBooks(), openBooks()]
    await one.books.categories.create(one.scope, aCategoryInput())
    expect((await other.books.categories.list(one.scope)).data).toEqual([])
  })

  it('tell the time of the clock they are given', async () => {
    const { books, clock, scope } = openBooks()
    clock.set('2026-12-24T18:00:00.000Z')
    const { createdAt } = await books.categories.create(scope, aCategoryInput())
    expect(createdAt).toBe('2026-12-24T18:00:00.000Z')
  })

  it('take what the builders of inputs make', async () => {
    const { books, scope } = openBooks()
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    const expense = await books.expenses.create(scope, anExpenseInput({ categoryId }))
    expect(expense.amount).toEqual({ amount: '12500.00', currency: 'TZS' })
    const { id: invoiceId } = await books.invoices.create(scope, anInvoiceInput())
    const paid = await books.invoices.recordPayment(scope, { invoiceId }, aPaymentInput())
    expect(paid.balance).toEqual({ amount: '200000.00', currency: 'TZS' })
  })
})
