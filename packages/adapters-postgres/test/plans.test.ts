import type { ExpenseFilter, KeysetPage } from '@daftari/application'
import { type CategoryId, defaultSettings, type LocalDate } from '@daftari/domain'
import { freshId } from '@daftari/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Statement } from '../src/kernel/session/statement.ts'
import { invoicePage } from '../src/payables/invoice-page-sql.ts'
import { expensePage } from '../src/spending/expense/expense-page-sql.ts'
import { expenseSums } from '../src/spending/expense/expense-sums-sql.ts'
import { MERGE_ENTRIES } from '../src/spending/expense/expense-whole-words-sql.ts'
import { createDatabase, type TestDatabase } from './support/databases.ts'
import { type Plan, planOf } from './support/plan.ts'
import { seedExpenses, seedInvoices } from './support/seed-expenses.ts'
import { startServer } from './support/server.ts'

const OURS = freshId<string>()
const every: ExpenseFilter = {
  categoryIds: [],
  from: null,
  to: null,
  minMinor: null,
  maxMinor: null,
  words: [],
}
const first = { after: null, limit: 50 }
const deep = { after: { key: '2024-06-01', id: freshId<string>() }, limit: 50 }
const date = (text: string): LocalDate => text as LocalDate

let server: Awaited<ReturnType<typeof startServer>>
let database: TestDatabase
let client: pg.Client
let categoryIds: CategoryId[] = []

beforeAll(async () => {
  server = await startServer()
  database = await createDatabase(server.connectionString)
  const ours = await seedExpenses(database.url, OURS, 30_000)
  categoryIds = ours.categoryIds.map((id) => id as CategoryId)
  await seedExpenses(database.url, freshId(), 3_000)
  await seedInvoices(database.url, OURS, 10_000)
  await database.query('vacuum analyze')
  // Dates stay text, as with the adapters.
  const types = { getTypeParser: () => (text: string) => text }
  client = new pg.Client({ connectionString: database.plainUrl, types })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await server.stop()
})

function plan(statement: Statement | undefined): Promise<Plan> {
  if (statement === undefined) throw new Error('there is no statement')
  return planOf(client, OURS, statement)
}

async function asOurs(text: string, values: readonly unknown[]): Promise<Record<string, string>[]> {
  await client.query('begin')
  await client.query(`select set_config('app.owner_id', $1, true)`, [OURS])
  const { rows } = await client.query(text, [...values])
  await client.query('commit')
  return rows
}

/** The ids of what fits, without any index that was made for it. */
async function lookedThrough(
  { words, from: first, to: last, minMinor, maxMinor }: ExpenseFilter,
  sort: string,
): Promise<readonly string[]> {
  const { rows } = await database.query(
    `select id from daftari.expense where owner_id = $1
        and (select bool_and(exists (
          select from string_to_table(words, ' ') as own where starts_with(own, word))) from unnest($2::text[]) as word)
        and ($3::date is null or expense_date >= $3) and ($4::date is null or expense_date <= $4)
        and ($5::bigint is null or amount_minor >= $5) and ($6::bigint is null or amount_minor <= $6)
      order by ${sort.endsWith('Date') ? 'expense_date' : 'amount_minor'} ${sort.startsWith('-') ? 'desc, id desc' : ', id'}`,
    [OURS, words, first, last, minMinor, maxMinor],
  )
  return rows.map(({ id }) => String(id))
}

function page(
  filter: Partial<ExpenseFilter>,
  sort: Parameters<typeof expensePage>[2],
  at: typeof first | typeof deep,
) {
  return plan(expensePage(OURS, { ...every, ...filter }, sort, at))
}

describe('as the role of the application, on 30,000 expenses', () => {
  it.each([
    ['-expenseDate', 'expense_day_idx', deep],
    ['expenseDate', 'expense_day_idx', deep],
    ['-amount', 'expense_amount_idx', { ...deep, after: { ...deep.after, key: '50000' } }],
    ['amount', 'expense_amount_idx', { ...deep, after: { ...deep.after, key: '50000' } }],
  ] as const)('a page by %s walks %s and sorts nothing', async (sort, index, position) => {
    for (const at of [first, position]) {
      const { indexes, nodes, rows } = await page({}, sort, at)
      expect(indexes).toEqual([index])
      expect(nodes).not.toContain('Sort')
      expect(nodes).not.toContain('Seq Scan')
      expect(rows).toBeLessThanOrEqual(51)
    }
  })

  it('a page of one category walks the index of categories', async () => {
    const { indexes, nodes, rows } = await page(
      { categoryIds: categoryIds.slice(0, 1) },
      '-expenseDate',
      deep,
    )
    expect(indexes).toEqual(['expense_filed_idx'])
    expect(nodes).not.toContain('Sort')
    expect(rows).toBeLessThanOrEqual(51)
  })

  it.each([
    [{ from: date('2024-02-01'), to: date('2024-02-29') }],
    [{ minMinor: 100_000n, maxMinor: 101_000n }],
    [{ from: date('2024-02-01'), words: ['market'] }],
  ])('a page with the filter %o reads no table whole', async (filter) => {
    const { indexes, nodes } = await page(filter, '-expenseDate', first)
    expect(indexes.length).toBeGreaterThan(0)
    expect(nodes).not.toContain('Seq Scan')
  })

  it.each([[['gener']], [['generator', 'receipt']], [['receipt', 'gen']], [['996']]])(
    'the rare words %j are found by their entries, one look at each expense',
    async (words) => {
      for (const sort of ['-expenseDate', 'amount'] as const) {
        const { indexes, nodes, rows } = await page({ words }, sort, first)
        expect(indexes).toContain('expense_word_pk')
        expect(indexes).toContain('expense_pk')
        expect(nodes).not.toContain('Seq Scan')
        expect(rows).toBeLessThan(9_000)
      }
    },
  )

  it('the common beginning of several words is met by walking the list, after no more than a look at how common it is', async () => {
    const { indexes, nodes, rows } = await page({ words: ['tea'] }, '-expenseDate', first)
    expect(indexes).toContain('expense_word_pk')
    expect(indexes).toContain('expense_day_idx')
    expect(nodes).not.toContain('Seq Scan')
    expect(rows).toBeLessThan(9_000)
  })

  it('whole words that are common are met by merging their entries, in the order of the list', async () => {
    await client.query(MERGE_ENTRIES.replaceAll('true)', 'false)'))
    const { indexes, nodes } = await page({ words: ['market', 'receipt'] }, '-expenseDate', first)
    await client.query('reset enable_nestloop; reset enable_hashjoin')
    expect(nodes).toContain('Merge Join')
    expect(indexes).not.toContain('expense_day_idx')
    expect(nodes).not.toContain('Seq Scan')
  })

  it.each([
    [{ words: ['receipt'] }],
    [{ words: ['r'] }],
    [{ words: ['market', 'receipt'] }],
    [{ words: ['tea', 'rec', 'receipt'] }],
    [{ words: ['diesel', 'market'] }],
    [{ words: ['tea'], minMinor: 400_000n, maxMinor: 600_000n }],
    [{ words: ['diesel', 'receipt'], from: date('2024-03-01'), to: date('2026-01-31') }],
    [{ words: ['receipt', '9'] }],
    [{ words: ['tea'] }],
  ])('every page of the common words %o is what a look at every expense finds', async (filter) => {
    const fits = { ...every, ...filter }
    for (const sort of ['-expenseDate', 'expenseDate', '-amount'] as const) {
      const expected = await lookedThrough(fits, sort)
      const found: string[] = []
      for (let after: KeysetPage['after'] = null; ; ) {
        const { text, values } = expensePage(OURS, fits, sort, { after, limit: 1999 })
        const rows = await asOurs(text, values)
        found.push(...rows.map(({ id }) => String(id)))
        const last = rows.at(-1)
        if (last === undefined) break
        const key = sort.endsWith('Date') ? last.expense_date : last.amount_minor
        after = { key: String(key), id: String(last.id) }
      }
      expect(found).toEqual(expected)
    }
  })

  it('a month adds up from the index alone', async () => {
    const month = { ...every, from: date('2024-02-01'), to: date('2024-02-29') }
    for (const by of ['category', 'month', 'day'] as const) {
      const { indexes, nodes } = await plan(expenseSums(OURS, month, by))
      expect(indexes).toContain('expense_day_idx')
      expect(nodes).toContain('Index Only Scan')
      expect(nodes).not.toContain('Seq Scan on expense')
    }
  })

  it('sums of words look only at what the words lead to', async () => {
    const { indexes, rows } = await plan(expenseSums(OURS, { ...every, words: ['gener'] }, 'month'))
    expect(indexes).toContain('expense_word_pk')
    expect(rows).toBeLessThan(200)
  })

  it.each([
    ['dueDate', 'invoice_due_idx'],
    ['-total', 'invoice_total_idx'],
    ['-createdAt', 'invoice_created_idx'],
  ] as const)('invoices by %s walk %s', async (sort, index) => {
    const [rows] = invoicePage(OURS, everyInvoice, sort, first, day)
    const walked = await plan(rows)
    expect(walked.indexes).toEqual([index])
    expect(walked.nodes).not.toContain('Sort')
  })

  it.each([[{ words: ['lamp'] }], [{ supplierWords: ['rare'] }]])(
    'invoices are found by %o',
    async (filter) => {
      const [rows] = invoicePage(OURS, { ...everyInvoice, ...filter }, 'dueDate', first, day)
      const found = await plan(rows)
      expect(found.indexes).toContain('invoice_word_pk')
      expect(found.nodes).not.toContain('Seq Scan')
      expect(found.rows).toBeLessThan(200)
    },
  )
})

const day = { today: date('2026-11-21'), days: defaultSettings(OURS).urgencyDays }
const everyInvoice = {
  statuses: [],
  levels: [],
  isOverdue: null,
  numberKey: null,
  dueFrom: null,
  dueTo: null,
  supplierWords: [],
  words: [],
}
