import { describe, expect, test } from 'vitest'
import { bill, invoiceState } from '../../../test/support/invoice-books.ts'
import { openBooks } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'

async function booksIn(timeZone: string, dueDate: string) {
  const opened = openBooks()
  const { books, scope, clock } = opened
  clock.set('2024-01-01T12:00:00.000Z')
  await books.settings.update(scope, { version: 0 }, { timeZone })
  const { id: invoiceId } = await books.invoices.create(scope, bill({ dueDate }))
  const at = async (time: string) => {
    clock.set(time)
    const { isOverdue, urgency } = await books.invoices.get(scope, { invoiceId })
    return [isOverdue, urgency?.level, urgency?.daysUntilDue]
  }
  return { ...opened, at }
}

describe('an invoice is overdue when the next day begins where the owner is', () => {
  test.each([
    ['F71 in Dar es Salaam', 'Africa/Dar_es_Salaam', '2026-12-31', '2026-12-31T20:59:59.999Z'],
    ['in Kiritimati, first of all', 'Pacific/Kiritimati', '2026-12-31', '2026-12-31T09:59:59.999Z'],
    ["in St John's, at half past", 'America/St_Johns', '2026-12-31', '2027-01-01T03:29:59.999Z'],
    ["in St John's, in summer", 'America/St_Johns', '2026-07-31', '2026-08-01T02:29:59.999Z'],
    ['F71 in Brussels, after a day of 23 hours', 'Europe/Brussels', '2026-03-29', '2026-03-29T21:59:59.999Z'],
    ['F71 in Brussels, before it', 'Europe/Brussels', '2026-03-28', '2026-03-28T22:59:59.999Z'],
    ['F71 in Brussels, after a day of 25 hours', 'Europe/Brussels', '2026-10-25', '2026-10-25T22:59:59.999Z'],
    ['F71 in Brussels, before it', 'Europe/Brussels', '2026-10-24', '2026-10-24T21:59:59.999Z'],
    ['F72 on a leap day', 'Africa/Dar_es_Salaam', '2028-02-29', '2028-02-29T20:59:59.999Z'],
    ['on the day before a leap day', 'Africa/Dar_es_Salaam', '2028-02-28', '2028-02-28T20:59:59.999Z'],
    [
      'at the end of a February without one',
      'Africa/Dar_es_Salaam',
      '2027-02-28',
      '2027-02-28T20:59:59.999Z',
    ],
  ])('%s, to the millisecond', async (_, zone, dueDate, last) => {
    const { at, clock } = await booksIn(zone, dueDate)
    expect(await at(last)).toEqual([false, 'critical', 0])
    clock.advance(1)
    const first = new Date(clock.now()).toISOString()
    expect(await at(first)).toEqual([true, 'overdue', -1])
  })

  test.each([
    [-1, 'overdue'],
    [0, 'critical'],
    [7, 'critical'],
    [8, 'high'],
    [14, 'high'],
    [15, 'medium'],
    [30, 'medium'],
    [31, 'low'],
  ])('R15 %i days before the due date it is %s', async (left, level) => {
    const { at } = await booksIn('Africa/Dar_es_Salaam', '2028-03-20')
    const day = new Date(Date.UTC(2028, 2, 20 - left)).toISOString().slice(0, 10)
    expect(await at(`${day}T00:00:00.000Z`)).toEqual([left < 0, level, left])
  })

  test('the same moment is two days apart in two places', async () => {
    const moment = '2026-12-31T10:30:00.000Z'
    const kiritimati = await booksIn('Pacific/Kiritimati', '2026-12-31')
    const niue = await booksIn('Pacific/Niue', '2026-12-31')
    expect(await kiritimati.at(moment)).toEqual([true, 'overdue', -1])
    expect(await niue.at(moment)).toEqual([false, 'critical', 1])
  })
})

describe('the thresholds of the owner', () => {
  test('decide at once, in views, filters and sums, and change no invoice', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    for (const [number, dueDate] of [
      ['A', '2026-11-24'],
      ['B', '2026-11-25'],
      ['C', '2026-11-30'],
      ['D', '2026-12-22'],
    ] as const) {
      await books.invoices.create(scope, bill({ number, dueDate }))
    }
    const levels = async () => {
      const { data } = await books.invoices.list(scope)
      return data.map(({ urgency }) => urgency?.level)
    }
    const critical = async () => {
      const { data } = await books.invoices.list(scope, { urgency: 'critical' })
      const { levels: sums } = await books.invoices.summarise(scope)
      const sum = sums.find(({ level }) => level === 'critical')?.sums[0]?.count ?? 0
      return [data.map(({ number }) => number), sum]
    }
    expect(await levels()).toEqual(['critical', 'critical', 'high', 'low'])
    expect(await critical()).toEqual([['A', 'B'], 2])
    const before = await invoiceState(opened)
    await books.settings.update(scope, { version: 0 }, { urgencyDays: { critical: 3, high: 8, medium: 31 } })
    expect(await levels()).toEqual(['critical', 'high', 'medium', 'medium'])
    expect(await critical()).toEqual([['A'], 1])
    expect(await levels()).toEqual(['critical', 'high', 'medium', 'medium'])
    const strip = (state: unknown) => (state as { invoices: unknown }[]).map(({ invoices }) => invoices)
    expect(strip(await invoiceState(opened))).toEqual(strip(before))
  })

  test('must rise strictly', async () => {
    const { books, scope } = openBooks()
    const answer = books.settings.update(scope, { version: 0 }, { urgencyDays: { critical: 14 } })
    expect((await refusalOf(answer)).code).toBe('validation_failed')
  })

  test("are not another owner's", async () => {
    const { books, scope, stranger } = openBooks()
    await books.settings.update(stranger, { version: 0 }, { urgencyDays: { critical: 1 } })
    const { urgency } = await books.invoices.create(scope, bill({ dueDate: '2026-11-28' }))
    expect(urgency?.level).toBe('critical')
  })
})
