import { describe, expect, test } from 'vitest'
import { bill, booksWithInvoice, everyEvent, invoiceState, pay } from '../../../test/support/invoice-books.ts'
import { NOWHERE, openBooks, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import type { CreateInvoiceInput } from '../../index.ts'

const usd = (amount: string) => ({ amount, currency: 'USD' })

describe('entering a bill', () => {
  test('answers with every field, and the same is read again', async () => {
    const { books, scope, invoice } = await booksWithInvoice()
    expect(invoice).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      status: 'pending',
      supplier: { name: 'Tanesco', taxId: null, iban: null },
      number: 'INV-1',
      issueDate: null,
      dueDate: '2026-12-05',
      total: tzs('100.00'),
      subtotal: null,
      tax: null,
      notes: null,
      attachmentIds: [],
      duplicateReason: null,
      voidReason: null,
      payments: [],
      paid: tzs('0.00'),
      balance: tzs('100.00'),
      isOverdue: false,
      urgency: {
        level: 'high',
        rank: 3,
        source: 'calculated',
        daysUntilDue: 14,
        reason: null,
        setBy: null,
        setAt: null,
      },
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'amina',
      updatedAt: '2026-11-21T09:00:00.000Z',
    })
    expect(await books.invoices.get(scope, { invoiceId: invoice.id })).toEqual(invoice)
  })

  test('C18 keeps net, tax and total to the cent: 237.50 and 14.25 twice are 266.00', async () => {
    const given = {
      supplier: { name: 'Pharma', taxId: ' 100-123-456 ', iban: 'gb82 west 1234 5698 7654 32' },
      issueDate: '2026-11-20',
      subtotal: tzs('237.5'),
      tax: tzs('28.50'),
      total: tzs('266'),
      notes: 'Dawa\nza Novemba',
      duplicateReason: ' Two meters ',
    }
    const { invoice } = await booksWithInvoice(given)
    expect(invoice).toMatchObject({
      supplier: { name: 'Pharma', taxId: '100-123-456', iban: 'GB82WEST12345698765432' },
      issueDate: '2026-11-20',
      subtotal: tzs('237.50'),
      tax: tzs('28.50'),
      total: tzs('266.00'),
      balance: tzs('266.00'),
      notes: 'Dawa\nza Novemba',
      duplicateReason: 'Two meters',
    })
  })

  test('R26 may be in any currency, with its own decimals', async () => {
    const { invoice } = await booksWithInvoice({ total: { amount: '500', currency: 'UGX' } })
    expect([invoice.total, invoice.paid, invoice.balance]).toEqual([
      { amount: '500', currency: 'UGX' },
      { amount: '0', currency: 'UGX' },
      { amount: '500', currency: 'UGX' },
    ])
  })

  test('takes null for a field that is not given', async () => {
    const { invoice } = await booksWithInvoice({
      supplier: { name: 'Tanesco', taxId: null, iban: null },
      issueDate: null,
      subtotal: null,
      tax: null,
      notes: null,
      attachmentIds: null,
      duplicateReason: null,
    })
    const { invoice: bare } = await booksWithInvoice()
    const { id: _, ...rest } = invoice
    expect(rest).toEqual({ ...bare, id: undefined })
  })

  test('is one event that shows the record without what follows from it', async () => {
    const opened = await booksWithInvoice()
    const { paid: _, balance: __, isOverdue: ___, ...record } = opened.invoice
    expect(await everyEvent(opened, opened.scope)).toEqual([
      {
        specversion: '1.0',
        id: expect.any(String),
        source: `/owners/${opened.scope.ownerId}`,
        type: 'invoice.registered',
        subject: opened.invoice.id,
        time: '2026-11-21T09:00:00.000Z',
        datacontenttype: 'application/json',
        aggregatetype: 'invoice',
        aggregateversion: 1,
        actor: 'amina',
        data: { before: null, after: { ...record, urgency: null } },
      },
    ])
  })

  const long = 'x'.repeat(501)
  const faults: readonly [string, object, readonly string[]][] = [
    ['no supplier', { supplier: null }, ['/supplier text_invalid']],
    ['no name', { supplier: { name: ' ' } }, ['/supplier/name name_invalid']],
    ['a name that is too long', { supplier: { name: 'x'.repeat(256) } }, ['/supplier/name name_invalid']],
    ['a supplier of unknown fields', { supplier: { name: 'x', vat: '1' } }, ['/supplier/vat unknown_field']],
    [
      'a tax id that is too long',
      { supplier: { name: 'x', taxId: 'x'.repeat(51) } },
      ['/supplier/taxId text_invalid'],
    ],
    ['A3 a wrong IBAN', { supplier: { name: 'x', iban: 'GB82' } }, ['/supplier/iban text_invalid']],
    ['R19 no number', { number: null }, ['/number text_invalid']],
    ['an empty number', { number: '\u00a0' }, ['/number text_invalid']],
    ['A2 a number of 101 signs', { number: 'x'.repeat(101) }, ['/number text_invalid']],
    ['a number on two lines', { number: 'INV\n1' }, ['/number text_invalid']],
    ['F70 a number with a control character', { number: 'a\u0000b' }, ['/number text_invalid']],
    ['F70 half of a surrogate pair', { number: 'a\ud800' }, ['/number text_invalid']],
    ['R19 no due date', { dueDate: undefined }, ['/dueDate date_invalid']],
    ['F72 a day that there is not', { dueDate: '2026-02-29' }, ['/dueDate date_invalid']],
    ['a wrong issue date', { issueDate: '2026-1-5' }, ['/issueDate date_invalid']],
    ['A2 a total of nothing', { total: tzs('0') }, ['/total/amount amount_invalid']],
    [
      'X3 a number for an amount',
      { total: { amount: 5, currency: 'TZS' } },
      ['/total/amount amount_invalid'],
    ],
    ['F66 more decimals than there are', { total: tzs('0.001') }, ['/total/amount amount_invalid']],
    [
      'an unknown currency',
      { total: { amount: '5', currency: 'KWD' } },
      ['/total/currency currency_not_allowed'],
    ],
    ['mixed currencies', { subtotal: usd('1') }, ['/subtotal/currency currency_not_allowed']],
    ['totals that do not add up', { subtotal: tzs('90'), tax: tzs('9.99') }, ['/total totals_do_not_add_up']],
    ['notes that are too long', { notes: 'x'.repeat(2001) }, ['/notes text_invalid']],
    ['a reason that is too long', { duplicateReason: long }, ['/duplicateReason text_invalid']],
    ['an empty reason', { duplicateReason: '' }, ['/duplicateReason text_invalid']],
    ['a file that is no id', { attachmentIds: ['x'] }, ['/attachmentIds/0 text_invalid']],
    [
      'F74 what it may not say',
      { status: 'paid', paid: tzs('1') },
      ['/status unknown_field', '/paid unknown_field'],
    ],
    [
      'several faults',
      { number: '', dueDate: 'x', total: 'x' },
      ['/number text_invalid', '/dueDate date_invalid', '/total amount_invalid'],
    ],
  ]

  test.each(faults)('refuses %s and changes nothing', async (_, given, expected) => {
    const opened = openBooks()
    const before = await invoiceState(opened)
    const input = { ...bill(), ...given } as CreateInvoiceInput
    expect(await faultsOf(opened.books.invoices.create(opened.scope, input))).toEqual(expected)
    expect(await invoiceState(opened)).toEqual(before)
  })

  test('takes names, numbers and reasons as long as they may be, counted without white space around', async () => {
    const { invoice } = await booksWithInvoice({
      supplier: { name: ` ${'𝒳'.repeat(255)} `, taxId: 'x'.repeat(50) },
      number: ` ${'x'.repeat(100)} `,
      notes: 'x'.repeat(2000),
      duplicateReason: ` ${'x'.repeat(499)}\n `,
    })
    expect([...invoice.supplier.name].length).toBe(255)
    expect([invoice.number.length, invoice.duplicateReason?.length]).toEqual([100, 499])
  })

  test('writes nothing to another owner', async () => {
    const { books, stranger, invoice } = await booksWithInvoice()
    expect(await books.invoices.list(stranger)).toEqual({ data: [], nextCursor: null })
    expect(await refusalOf(books.invoices.get(stranger, { invoiceId: invoice.id }))).toMatchObject({
      code: 'not_found',
      details: { kind: 'invoice', id: invoice.id },
    })
  })
})

describe('an invoice that is not there', () => {
  test('A35 is null to the repository and to the query, and not_found to the library', async () => {
    const { books, ports, scope } = openBooks()
    expect(await ports.queries.invoices.find(scope.ownerId, NOWHERE)).toBeNull()
    const { ownerId, actorId } = scope
    const found = ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, (tx) =>
      tx.invoices.find(NOWHERE as Parameters<typeof tx.invoices.find>[0]),
    )
    expect(await found).toBeNull()
    expect(await refusalOf(books.invoices.get(scope, { invoiceId: NOWHERE }))).toMatchObject({
      code: 'not_found',
      details: { kind: 'invoice', id: NOWHERE },
    })
  })

  test.each(['x', '', 'x'.repeat(500)])('nor is one whose id is none: %s', async (invoiceId) => {
    const { books, scope } = openBooks()
    const { details } = await refusalOf(books.invoices.get(scope, { invoiceId }))
    expect(details).toEqual({ kind: 'invoice', id: invoiceId.slice(0, 64) })
  })
})

describe('a view', () => {
  test('is a copy: who writes into it changes nothing in the books', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, invoice } = opened
    const { id: invoiceId } = invoice
    await pay(opened, '1')
    const urgent = { level: 'low', reason: 'x' } as const
    const set = await books.invoices.setUrgency(scope, { invoiceId, version: '*' }, urgent)
    const before = structuredClone(await invoiceState(opened))
    const read = await books.invoices.get(scope, { invoiceId })
    expect(read).toEqual(set)
    for (const view of [invoice, set, read]) deface(view)
    expect(await invoiceState(opened)).toEqual(before)
  })

  function deface(value: object): void {
    for (const [key, entry] of Object.entries(value)) {
      if (typeof entry === 'object' && entry !== null) deface(entry)
      else Object.assign(value, { [key]: 'defaced' })
    }
    if (Array.isArray(value)) value.push('defaced')
  }
})
