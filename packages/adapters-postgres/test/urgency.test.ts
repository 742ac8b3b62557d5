import { daysBetween, localDateOfDayNumber, URGENCY_LEVELS, urgencyOf } from '@daftari/domain'
import { anInvoice, aPayment, at, freshId, paidInFull, voided, withPayments } from '@daftari/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { compiled, from } from '../src/kernel/sql/query.ts'
import { isOverdueSql, urgencyLevelSql, urgencyRankSql } from '../src/payables/urgency-sql.ts'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'

const database = openDatabase()

const INVOICES = 1000
const DAYS = 10

/** Due within the months around 2026, where every threshold lies. */
const dueDates = fc.integer({ min: 20_300, max: 20_700 }).map(localDateOfDayNumber)
const overrides = fc.option(fc.constantFrom(...URGENCY_LEVELS), { freq: 3 })
const states = fc.constantFrom('pending', 'partly_paid', 'paid', 'void')
const days = fc.record({
  today: dueDates,
  days: fc
    .uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 3, maxLength: 3 })
    .map((some) => some.sort((one, other) => one - other))
    .map(([critical = 1, high = 2, medium = 3]) => ({ critical, high, medium })),
})

const invoices = fc.tuple(dueDates, overrides, states).map(([dueDate, level, state]) => {
  const set = { reason: 'a reason', setBy: 'a-tester', setAt: at('2026-11-21T09:00:00.000Z') }
  const pending = anInvoice({ dueDate, urgencyOverride: level === null ? null : { level, ...set } })
  if (state === 'partly_paid') return withPayments(pending, [aPayment()])
  if (state === 'paid') return paidInFull(pending)
  return state === 'void' ? voided(pending) : pending
})

it('urgency is the same in SQL as in the domain, on 10,000 random pairs of invoice and day', async () => {
  const seed = Date.now()
  console.log(`seed ${seed}`)
  const { ports } = openAdapters(database().url)
  const ownerId = freshId()
  const all = fc.sample(invoices, { numRuns: INVOICES, seed })
  await ports.unitOfWork.transact({ ownerId, actorId: 'a-tester', idempotency: null }, async (tx) => {
    for (const invoice of all) tx.invoices.insert(invoice)
  })
  const levels = new Set<string | null>()
  for (const day of fc.sample(days, { numRuns: DAYS, seed })) {
    const { text, values } = compiled(
      from
        .selectFrom('daftari.invoice as i')
        .where('i.owner_id', '=', ownerId)
        .select(['i.id', urgencyLevelSql(day).as('level'), urgencyRankSql(day).as('rank')])
        .select([
          isOverdueSql(day).as('is_overdue'),
          sql<number>`i.due_date - ${day.today}::date`.as('left'),
        ]),
    )
    const { rows } = await database().query(text, [...values])
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const invoice of all) {
      const urgency = urgencyOf(invoice, day.today, day.days)
      const left = daysBetween(day.today, invoice.dueDate)
      const isOpen = invoice.status === 'pending' || invoice.status === 'partly_paid'
      const expected = {
        level: urgency?.level ?? null,
        rank: urgency?.rank ?? 6,
        is_overdue: isOpen && left < 0,
        left,
      }
      expect(byId.get(invoice.id), JSON.stringify({ seed, day, due: invoice.dueDate })).toMatchObject(
        expected,
      )
      levels.add(expected.level)
    }
  }
  expect(levels).toEqual(new Set([...URGENCY_LEVELS, null]))
})
