import { describe, expect, test } from 'vitest'
import { changeOf } from '../../../test/support/change-of.ts'
import {
  type BooksWithInvoice,
  booksWithInvoice,
  everyEvent,
  invoiceState,
  pay,
} from '../../../test/support/invoice-books.ts'
import { NOWHERE } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'

function set({ books, scope, invoice }: BooksWithInvoice, given: object = {}) {
  const target = { invoiceId: invoice.id, version: '*' } as const
  return books.invoices.setUrgency(
    scope,
    ...changeOf(target, { level: 'low' as const, reason: 'Disputed' }, given),
  )
}

function clear({ books, scope, invoice }: BooksWithInvoice, given: object = {}) {
  return books.invoices.clearUrgency(scope, { invoiceId: invoice.id, version: '*', ...given })
}

describe('A6 setting the urgency by hand', () => {
  test('takes effect at once, and tells who, when and why', async () => {
    const opened = await booksWithInvoice({ dueDate: '2026-11-11' })
    opened.clock.advance(1_000)
    const at = '2026-11-21T09:00:01.000Z'
    const scope = { ...opened.scope, actorId: 'bakari' }
    const urgency = {
      level: 'low',
      rank: 5,
      source: 'manual',
      reason: 'Disputed',
      setBy: 'bakari',
      setAt: at,
    }
    expect(await set({ ...opened, scope }, { version: 1 })).toEqual({
      ...opened.invoice,
      urgency: { ...urgency, daysUntilDue: -10 },
      version: 2,
      updatedAt: at,
    })
    const [, event] = await everyEvent(opened, opened.scope)
    expect(event).toMatchObject({
      type: 'invoice.urgency_overridden',
      actor: 'bakari',
      data: { before: { urgency: null }, after: { urgency } },
    })
    expect(event?.data.after?.urgency).toEqual(urgency)
  })

  test.each([
    ['overdue', 1],
    ['critical', 2],
    ['high', 3],
    ['medium', 4],
    ['low', 5],
  ])('may say %s, whatever the date', async (level, rank) => {
    expect((await set(await booksWithInvoice(), { level })).urgency).toMatchObject({ level, rank })
  })

  test('holds whatever the days bring, until it is cleared', async () => {
    const opened = await booksWithInvoice()
    const { books, scope, clock, invoice } = opened
    await set(opened)
    clock.set('2027-01-01T09:00:00.000Z')
    const late = await books.invoices.get(scope, { invoiceId: invoice.id })
    expect([late.isOverdue, late.urgency?.level, late.urgency?.daysUntilDue]).toEqual([true, 'low', -27])
    const cleared = await clear(opened, { version: 2 })
    expect(cleared).toMatchObject({ version: 3, updatedAt: '2027-01-01T09:00:00.000Z' })
    expect(cleared.urgency).toEqual({
      level: 'overdue',
      rank: 1,
      source: 'calculated',
      daysUntilDue: -27,
      reason: null,
      setBy: null,
      setAt: null,
    })
    expect((await everyEvent(opened, scope)).map(({ type }) => type)).toEqual([
      'invoice.registered',
      'invoice.urgency_overridden',
      'invoice.urgency_cleared',
    ])
  })

  test('to what it is already, or clearing what is not set, leaves no trace', async () => {
    const opened = await booksWithInvoice()
    const first = await invoiceState(opened)
    expect(await clear(opened)).toEqual(opened.invoice)
    expect(await invoiceState(opened)).toEqual(first)
    const view = await set(opened)
    const before = await invoiceState(opened)
    opened.clock.advance(1_000)
    expect(await set({ ...opened, scope: { ...opened.scope, actorId: 'bakari' } })).toEqual(view)
    expect(await invoiceState(opened)).toEqual(before)
    expect((await set(opened, { reason: 'Another' })).version).toBe(3)
    expect((await set(opened, { reason: 'Another', level: 'high' })).version).toBe(4)
  })
})

describe('it refuses', () => {
  test.each([
    [{ level: 'urgent' }, ['/level text_invalid']],
    [{ level: null }, ['/level text_invalid']],
    [{ reason: '' }, ['/reason text_invalid']],
    [{ reason: undefined }, ['/reason text_invalid']],
    [{ expiresAt: 'x' }, ['/expiresAt unknown_field']],
  ])('%j', async (given, faults) => {
    expect(await faultsOf(set(await booksWithInvoice(), given))).toEqual(faults)
  })

  test.each([set, clear])('in order, says $name: absent, no version, another version', async (act) => {
    const opened = await booksWithInvoice()
    const code = async (given: object) => (await refusalOf(act(opened, given))).code
    expect(await code({ invoiceId: NOWHERE, version: undefined })).toBe('not_found')
    expect(await code({ version: undefined })).toBe('precondition_required')
    expect(await code({ version: 2 })).toBe('concurrent_change')
    expect((await refusalOf(act({ ...opened, scope: opened.stranger }))).code).toBe('not_found')
  })

  test('bad input before the state of the invoice', async () => {
    const opened = await booksWithInvoice()
    await pay(opened, '100')
    expect(await faultsOf(set(opened, { level: 'x' }))).toEqual(['/level text_invalid'])
  })

  test.each([set, clear])('R17 where it is paid, says $name', async (act) => {
    const opened = await booksWithInvoice()
    await pay(opened, '100')
    expect(await refusalOf(act(opened))).toMatchObject({
      code: 'invoice_already_settled',
      details: { invoiceId: opened.invoice.id },
    })
  })
})
