import { type Category, isDomainError, type LocalDate, money } from '@daftari/domain'
import {
  aCategory,
  aCategoryInput,
  anExpense,
  anExpenseInput,
  anInvoiceInput,
  manualClock,
  on,
} from '@daftari/testing'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { createDatabase } from './support/databases.ts'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { codeOf } from './support/refusals.ts'
import { until } from './support/until.ts'

const database = openDatabase()
const MOST_MINOR = 99_999_999_999_999_999n
const EVERYTHING = { categoryIds: [], from: null, to: null, minMinor: null, maxMinor: null, words: [] }
const PAGE = { after: null, limit: 100 }

describe('amounts', () => {
  it('come back as they were written, up to the largest there is (F67)', async () => {
    const { books, scope } = openAdapters(database().url)
    const amount = { amount: '999999999999999.99', currency: 'TZS' }
    await books.settings.update(scope, { version: 0 }, { expensePolicy: { max: amount.amount } })
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    const { id } = await books.expenses.create(scope, anExpenseInput({ categoryId, amount }))
    expect((await books.expenses.get(scope, { expenseId: id })).amount).toEqual(amount)
    const invoice = await books.invoices.create(scope, anInvoiceInput({ total: amount }))
    expect((await books.invoices.get(scope, { invoiceId: invoice.id })).balance).toEqual(amount)
  })

  it('add up exactly, also far beyond what 64 bits hold (F67)', async () => {
    const { ports, scope } = openAdapters(database().url)
    const { ownerId, actorId } = scope
    const category = aCategory()
    const count = 500
    await ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, async (tx) => {
      tx.categories.insert(category)
      for (let index = 0; index < count; index += 1) {
        tx.expenses.insert(anExpense({ categoryId: category.id, amount: money.of(MOST_MINOR, 'TZS') }))
      }
      expect((await tx.expenses.usageOf(category.id)).totalMinor).toBe(MOST_MINOR * 500n)
    })
    for (const groupBy of ['category', 'month', 'day'] as const) {
      const [group] = await ports.queries.expenses.summarise(ownerId, EVERYTHING, groupBy)
      expect(group).toMatchObject({ count, totalMinor: MOST_MINOR * 500n })
    }
    const [listed] = await ports.queries.categories.list(ownerId, { words: [] }, PAGE)
    expect(listed?.totalMinor).toBe(MOST_MINOR * 500n)
    const { rows } = await database().query(
      'select sum(amount)::text as sum from daftari.expense_report where owner_id = $1',
      [ownerId],
    )
    expect(rows[0]?.sum).toBe('499999999999999995.00')
  })
})

describe('texts', () => {
  it.each([
    ['NUL', 'a\u0000b'],
    ['half of a surrogate pair', 'a\ud800b'],
    ['the other half', 'a\udc00b'],
  ])('with %s are refused before anything is stored (F70)', async (_, text) => {
    const { books, scope } = openAdapters(database().url)
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    expect(await codeOf(books.categories.create(scope, { name: text }))).toBe('validation_failed')
    expect(
      await codeOf(books.expenses.create(scope, anExpenseInput({ categoryId, description: text }))),
    ).toBe('validation_failed')
    expect(await codeOf(books.invoices.create(scope, anInvoiceInput({ supplier: { name: text } })))).toBe(
      'validation_failed',
    )
    expect(await codeOf(books.invoices.create(scope, anInvoiceInput({ number: text })))).toBe(
      'validation_failed',
    )
    expect(await codeOf(books.invoices.create(scope, anInvoiceInput({ notes: text })))).toBe(
      'validation_failed',
    )
    const { rowCount } = await database().query('select from daftari.event where owner_id = $1', [
      scope.ownerId,
    ])
    expect(rowCount).toBe(1)
  })

  it('that the server does not take refuse the whole, and leave the connection usable (F70)', async () => {
    const { ports, scope } = openAdapters(database().url, { maxConnections: 1 })
    const { ownerId, actorId } = scope
    const attempt = ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, async (tx) => {
      tx.categories.insert(aCategory({ name: 'Fine' }))
      tx.categories.insert(aCategory({ name: 'a\u0000b' }))
    })
    await expect(attempt).rejects.toThrow(/^the database refused with 22021$/)
    expect(await ports.queries.categories.list(ownerId, { words: [] }, PAGE)).toEqual([])
  })

  it('come back sign by sign, whatever the script', async () => {
    const { books, scope } = openAdapters(database().url)
    const description = `'; drop table x; -- \\ " % _ 🏢 e\u0301 العربية 中文 \u2028`.normalize('NFC')
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    const { id } = await books.expenses.create(scope, anExpenseInput({ categoryId, description }))
    expect((await books.expenses.get(scope, { expenseId: id })).description).toBe(description)
  })
})

describe('days', () => {
  it.each([
    ['2026-12-31T20:59:59.999Z', false],
    ['2026-12-31T21:00:00.000Z', true],
  ])('turn at midnight of the owner in Dar es Salaam: at %s overdue is %s (F71)', async (now, isOverdue) => {
    const clock = manualClock(now)
    const { books, scope } = openAdapters(database().url, { clock })
    const invoice = await books.invoices.create(scope, anInvoiceInput({ dueDate: '2026-12-31' }))
    expect(invoice.isOverdue).toBe(isOverdue)
    expect((await books.invoices.list(scope, { overdue: true })).data).toHaveLength(isOverdue ? 1 : 0)
    expect((await books.invoices.list(scope, { urgency: ['overdue'] })).data).toHaveLength(isOverdue ? 1 : 0)
    const { overdue } = await books.invoices.summarise(scope)
    expect(overdue.sums).toHaveLength(isOverdue ? 1 : 0)
  })

  it.each(['UTC', 'Africa/Dar_es_Salaam', 'Pacific/Kiritimati', 'America/St_Johns'])(
    'are the same text in and out, in a process whose time zone is %s (F72)',
    async (zone) => {
      const before = process.env.TZ
      process.env.TZ = zone
      onTestFinished(() => {
        if (before === undefined) delete process.env.TZ
        else process.env.TZ = before
      })
      await expectDays(database().url)
    },
  )

  it('are the same text in and out whatever the server would write by itself (F72)', async () => {
    const own = await createDatabase(inject('serverUrl'))
    onTestFinished(() => own.drop())
    await own.query(
      `alter database ${own.name} set datestyle = 'SQL, DMY'; alter database ${own.name} set timezone = 'Asia/Kolkata'`,
    )
    await expectDays(own.url)
  })

  it('that are none are refused (F72)', async () => {
    const { books, scope } = openAdapters(database().url)
    for (const dueDate of ['2026-02-29', '0001-01-01', '2101-01-01', '2026-1-5', '2026-01-05T00:00:00Z']) {
      expect(await codeOf(books.invoices.create(scope, anInvoiceInput({ dueDate })))).toBe(
        'validation_failed',
      )
    }
  })
})

async function expectDays(url: string): Promise<void> {
  const clock = manualClock('2026-11-21T22:30:00.123Z')
  const { ports, scope } = openAdapters(url, { clock })
  const { ownerId, actorId } = scope
  const category = aCategory({ createdAt: clock.now(), updatedAt: clock.now() })
  const dates: LocalDate[] = ['1970-01-01', '2024-02-29', '2026-03-29', '2026-11-21', '2100-12-31'].map(on)
  const expenses = dates.map((expenseDate) => anExpense({ categoryId: category.id, expenseDate }))
  await ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, async (tx) => {
    tx.categories.insert(category)
    for (const expense of expenses) tx.expenses.insert(expense)
  })
  expect(await ports.queries.expenses.list(ownerId, EVERYTHING, 'expenseDate', PAGE)).toEqual(expenses)
  const found = await ports.queries.categories.find(ownerId, category.id)
  expect(found?.category).toEqual(category)
  const groups = await ports.queries.expenses.summarise(ownerId, EVERYTHING, 'day')
  expect(groups.map(({ key }) => key).sort()).toEqual(dates)
}

describe('a clock that steps back an hour', () => {
  it('loses no event of the feed, keeps its order and the versions, and forgets no answer early (F30)', async () => {
    const clock = manualClock('2026-11-21T09:00:00.000Z')
    const { books, scope, ports } = openAdapters(database().url, { clock })
    const keyed = { ...scope, idempotencyKey: 'a key' }
    const { id: categoryId } = await books.categories.create(keyed, aCategoryInput({ name: 'Name 1' }))
    for (const version of [1, 2, 3]) {
      clock.advance(-3_600_000)
      await books.categories.update(scope, { categoryId, version }, { name: `Name ${version + 1}` })
    }
    expect((await books.categories.create(keyed, aCategoryInput({ name: 'Name 1' }))).id).toBe(categoryId)
    // Other files' transactions run on the same server, and the feed waits for those that are older.
    await until('the feed shows all', async () => (await books.history.feed(scope)).data.length === 4)
    const { data } = await books.history.feed(scope)
    expect(data.map((event) => event.aggregateversion)).toEqual([1, 2, 3, 4])
    const history = await ports.queries.history.list(scope.ownerId, 'category', categoryId, {
      before: null,
      limit: 10,
    })
    expect(history.map(({ aggregateVersion }) => aggregateVersion)).toEqual([4, 3, 2, 1])
  })

  it('makes ids that still rise (F30)', async () => {
    const clock = manualClock('2026-11-21T09:00:00.000Z')
    const { books, scope } = openAdapters(database().url, { clock })
    const first = await books.categories.create(scope, aCategoryInput({ name: 'First' }))
    clock.advance(-3_600_000)
    const second = await books.categories.create(scope, aCategoryInput({ name: 'Second' }))
    expect(second.id > first.id).toBe(true)
  })
})

describe('statements without names', () => {
  it('do the same, for a pooler that keeps none', async () => {
    const { books, scope } = openAdapters(database().url, { namedStatements: false, maxConnections: 1 })
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    await books.expenses.create(scope, anExpenseInput({ categoryId }))
    const refused = books.categories.delete(scope, { categoryId, version: 1 })
    await expect(refused).rejects.toSatisfy((error) => isDomainError(error, 'category_in_use'))
    expect(
      (await books.categories.get(scope, { categoryId: categoryId as Category['id'] })).expenseCount,
    ).toBe(1)
  })
})
