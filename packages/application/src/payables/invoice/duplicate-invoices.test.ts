import { describe, expect, test } from 'vitest'
import { bill, booksWithInvoice, invoiceState, pay } from '../../../test/support/invoice-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'

const taxed = (name: string, taxId: string | null = null) => ({ name, taxId })

describe('R18 a bill that is probably in the books already', () => {
  test.each([
    ['the same again', {}, {}],
    ['under a number of other case and spaces', {}, { number: 'inv  - 1' }],
    ['under a number with spaces that are not seen', {}, { number: 'INV\u200b-1' }],
    ['for another amount', {}, { total: { amount: '5', currency: 'USD' } }],
    ['under a name of other case and spaces', {}, { supplier: taxed(' TANESCO') }],
    ['by tax id, under another name', { supplier: taxed('A', '10-0') }, { supplier: taxed('B', '1 00') }],
    ['by name, where one gives no tax id', { supplier: taxed('A', '100') }, { supplier: taxed('a') }],
    ['by name, where the other gives none', { supplier: taxed('A') }, { supplier: taxed('a', '100') }],
  ])('%s is refused, names its twin, and changes nothing', async (_, first, second) => {
    const opened = await booksWithInvoice(first)
    const before = await invoiceState(opened)
    expect(await refusalOf(opened.books.invoices.create(opened.scope, bill(second)))).toMatchObject({
      code: 'invoice_probable_duplicate',
      details: { twinId: opened.invoice.id, number: 'INV-1' },
    })
    expect(await invoiceState(opened)).toEqual(before)
  })

  test.each([
    ['under another number', {}, { number: 'INV-10' }],
    ['from another supplier', {}, { supplier: taxed('Dawasa') }],
    ['under another tax id', { supplier: taxed('A', '100') }, { supplier: taxed('A', '101') }],
    ['where dashes stand for tax ids', { supplier: taxed('A', '-') }, { supplier: taxed('B', '-') }],
    ['with a reason', {}, { duplicateReason: 'Two meters' }],
  ])('is none %s', async (_, first, second) => {
    const { books, scope } = await booksWithInvoice(first)
    expect((await books.invoices.create(scope, bill(second))).version).toBe(1)
  })

  test('is none of another owner', async () => {
    const { books, stranger } = await booksWithInvoice()
    expect((await books.invoices.create(stranger, bill())).version).toBe(1)
  })

  test('is none of a void one, but still of a paid one', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    await books.invoices.void(scope, { invoiceId: invoice.id, version: 1 }, { reason: 'Wrong' })
    const again = await books.invoices.create(scope, bill())
    await pay({ ...opened, invoice: again }, '100')
    const { code, details } = await refusalOf(books.invoices.create(scope, bill()))
    expect([code, details]).toEqual(['invoice_probable_duplicate', { twinId: again.id, number: 'INV-1' }])
  })
})

describe('a change', () => {
  async function twins() {
    const opened = await booksWithInvoice()
    const { books, scope } = opened
    const second = await books.invoices.create(scope, bill({ duplicateReason: 'Two meters' }))
    const change = (fields: object) =>
      books.invoices.update(scope, { invoiceId: second.id, version: '*' }, fields)
    return { ...opened, change }
  }

  test('that takes the reason away is judged again', async () => {
    const { change, invoice } = await twins()
    expect(await refusalOf(change({ duplicateReason: null }))).toMatchObject({
      code: 'invoice_probable_duplicate',
      details: { twinId: invoice.id, number: 'INV-1' },
    })
    await change({ number: 'INV-2' })
    expect((await change({ duplicateReason: null })).duplicateReason).toBeNull()
  })

  test.each([{ number: 'inv-1' }, { supplier: { name: 'TANESCO' } }])(
    'to %j is judged where there is no reason',
    async (fields) => {
      const { books, scope, invoice } = await booksWithInvoice()
      const other = await books.invoices.create(
        scope,
        bill('number' in fields ? { number: 'X' } : { supplier: { name: 'Dawasa' } }),
      )
      const answer = books.invoices.update(scope, { invoiceId: other.id, version: 1 }, fields)
      expect((await refusalOf(answer)).details).toEqual({ twinId: invoice.id, number: 'INV-1' })
    },
  )

  test('of anything else is not: a twin with a reason bothers nobody', async () => {
    const { books, scope, invoice } = await twins()
    const target = { invoiceId: invoice.id, version: 1 }
    expect((await books.invoices.update(scope, target, { notes: 'x' })).version).toBe(2)
  })

  test('may give itself the reason', async () => {
    const { books, scope, invoice } = await booksWithInvoice()
    const other = await books.invoices.create(scope, bill({ number: 'X' }))
    const fields = { number: invoice.number, duplicateReason: 'Two meters' }
    const changed = await books.invoices.update(scope, { invoiceId: other.id, version: 1 }, fields)
    expect(changed).toMatchObject({ ...fields, version: 2 })
  })
})
