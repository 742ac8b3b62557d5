import { describe, expect, test } from 'vitest'
import { bill } from '../../../test/support/invoice-books.ts'
import { openBooks, tzs } from '../../../test/support/open-books.ts'

const none = (level: string, rank: number) => ({ level, rank, sums: [] })
const sum = (currency: string, count: number, total: string) => ({ currency, count, total })

describe('what is to be paid', () => {
  test('is nothing in new books, level by level', async () => {
    const { books, scope } = openBooks()
    expect(await books.invoices.summarise(scope)).toEqual({
      levels: [none('overdue', 1), none('critical', 2), none('high', 3), none('medium', 4), none('low', 5)],
      overdue: { sums: [] },
      open: { sums: [] },
    })
  })

  test('counts the balances of what is open, by level, and mixes no currencies', async () => {
    const { books, scope } = openBooks()
    let count = 0
    const enter = async (dueDate: string, amount: string, currency = 'TZS') => {
      count += 1
      const given = { number: `N${count}`, dueDate, total: { amount, currency } }
      return (await books.invoices.create(scope, bill(given))).id
    }
    const pay = (invoiceId: string, amount: string) =>
      books.invoices.recordPayment(
        scope,
        { invoiceId },
        { amount: tzs(amount), paidOn: '2026-11-21', method: 'cash' },
      )
    await enter('2026-11-20', '0.10')
    await pay(await enter('2026-11-20', '100'), '99.80')
    await enter('2026-11-20', '5', 'USD')
    await enter('2026-11-20', '7', 'UGX')
    const calm = await enter('2026-11-20', '1000')
    await books.invoices.setUrgency(
      scope,
      { invoiceId: calm, version: 1 },
      { level: 'low', reason: 'Disputed' },
    )
    const hurried = await enter('2027-11-20', '3')
    await books.invoices.setUrgency(
      scope,
      { invoiceId: hurried, version: 1 },
      { level: 'overdue', reason: 'x' },
    )
    await enter('2026-11-21', '237.5')
    await enter('2026-11-22', '28.50')
    await enter('2027-01-01', '999999999999999.99')
    await pay(await enter('2026-11-01', '50'), '50')
    const gone = await enter('2026-11-01', '50')
    await books.invoices.void(scope, { invoiceId: gone, version: 1 }, { reason: 'Wrong' })

    expect(await books.invoices.summarise(scope)).toEqual({
      levels: [
        {
          level: 'overdue',
          rank: 1,
          sums: [sum('TZS', 3, '3.30'), sum('UGX', 1, '7'), sum('USD', 1, '5.00')],
        },
        { level: 'critical', rank: 2, sums: [sum('TZS', 2, '266.00')] },
        none('high', 3),
        none('medium', 4),
        { level: 'low', rank: 5, sums: [sum('TZS', 2, '1000000000000999.99')] },
      ],
      overdue: { sums: [sum('TZS', 3, '1000.30'), sum('UGX', 1, '7'), sum('USD', 1, '5.00')] },
      open: { sums: [sum('TZS', 7, '1000000000001269.29'), sum('UGX', 1, '7'), sum('USD', 1, '5.00')] },
    })
  })

  test('follows the day of the owner, and no other owner', async () => {
    const { books, scope, stranger, clock } = openBooks()
    await books.invoices.create(scope, bill({ dueDate: '2026-11-21' }))
    const overdue = async (who = scope) => (await books.invoices.summarise(who)).overdue.sums
    clock.set('2026-11-21T20:59:59.999Z')
    expect(await overdue()).toEqual([])
    clock.set('2026-11-21T21:00:00.000Z')
    expect(await overdue()).toEqual([sum('TZS', 1, '100.00')])
    expect((await books.invoices.summarise(stranger)).open.sums).toEqual([])
  })
})
