import { type Counts, closedLoop, shareOut, type Work } from '../contest/contender.ts'
import { anyInvoice, anyOwner, categoryId, FIRST, invoiceId, ownerId } from './ids.ts'
import { expenseInput, paymentInput } from './inputs.ts'
import { runPgbench } from './pgbench.ts'
import { createExpenseScript, recordPaymentScript } from './pgbench-scripts.ts'
import { CATEGORIES_TO_MERGE, SETTLE, UNPAID } from './seed.ts'
import type { Stage } from './stage.ts'

interface Setting {
  readonly stage: Stage
  readonly pgbench: string
  readonly durationMs: number
  readonly isQuick: boolean
}

const counters = { key: 0, run: 0 }

/** A number that no call has had. */
function newKey(): number {
  counters.key += 1
  return counters.key
}

/** A number of four digits at most that no run has had. */
function newRun(): number {
  counters.run += 1
  return counters.run
}

function scopeOf(owner: number) {
  return { ownerId: ownerId(owner), actorId: 'bench', idempotencyKey: `ours-${newKey()}` }
}

/** As the database counts: rows of these tables, of all owners. */
async function counted({ query }: Stage, counts: Readonly<Record<string, string>>): Promise<Counts> {
  const columns = Object.entries(counts).map(([name, from]) => `(select ${from})::float8 as "${name}"`)
  const [row] = await query(`select ${columns.join(', ')}`)
  return Object.fromEntries(Object.keys(counts).map((name) => [name, Number(row?.[name])]))
}

const JOURNAL = {
  events: 'count(*) from daftari.event',
  deliveries: 'count(*) from daftari.delivery',
  answers: 'count(*) from daftari.idempotency',
}

export function createExpenseWork({ stage, pgbench, durationMs }: Setting): Work {
  const { books, naive, texts, connectionString } = stage
  return {
    name: 'create expense',
    contenders: [
      {
        name: 'pgbench',
        run: () =>
          runPgbench(
            { program: pgbench, connectionString, durationMs },
            createExpenseScript(newRun(), texts),
          ),
      },
      {
        name: 'ours',
        run: () =>
          closedLoop(durationMs, () => {
            const owner = anyOwner()
            return books.expenses.create(scopeOf(owner), expenseInput(owner))
          }),
      },
      {
        name: 'Kysely',
        run: () => closedLoop(durationMs, () => naive.createExpense(anyOwner(), `naive-${newKey()}`)),
      },
    ],
    settle: async () => void (await stage.query(SETTLE)),
    targets: [
      { against: 'pgbench', least: 0.8 },
      { against: 'Kysely', least: 2 },
    ],
    count: () => counted(stage, { ...JOURNAL, expenses: 'count(*) from daftari.expense' }),
    expected: (done) => ({ events: done, deliveries: done, answers: done, expenses: done }),
  }
}

export function recordPaymentWork({ stage, pgbench, durationMs }: Setting): Work {
  const { books, naive, texts, connectionString, query } = stage
  async function prepare(): Promise<void> {
    for (const text of UNPAID) await query(text)
  }
  return {
    name: 'record payment',
    contenders: [
      {
        name: 'pgbench',
        prepare,
        run: () =>
          runPgbench(
            { program: pgbench, connectionString, durationMs },
            recordPaymentScript(newRun(), texts),
          ),
      },
      {
        name: 'ours',
        prepare,
        run: () =>
          closedLoop(durationMs, (worker) => {
            const owner = anyOwner()
            const invoice = invoiceId(owner, worker, anyInvoice())
            return books.invoices.recordPayment(scopeOf(owner), { invoiceId: invoice }, paymentInput())
          }),
      },
      {
        name: 'Kysely',
        prepare,
        run: () =>
          closedLoop(durationMs, (worker) => {
            const owner = anyOwner()
            const invoice = invoiceId(owner, worker, anyInvoice())
            return naive.recordPayment(owner, invoice, `naive-${newKey()}`)
          }),
      },
    ],
    settle: async () => void (await stage.query(SETTLE)),
    targets: [{ against: 'pgbench', least: 0.75 }],
    count: () =>
      counted(stage, {
        ...JOURNAL,
        payments: 'count(*) from daftari.payment',
        paid: 'sum(paid_minor) / 100 from daftari.invoice',
      }),
    expected: (done) => ({ events: done, deliveries: done, answers: done, payments: done, paid: done }),
  }
}

const EXPENSES = 100

export function mergeCategoryWork({ stage, isQuick }: Setting): Work {
  const { books, naive, query } = stage
  let prefix = ''
  async function prepare(categories: number): Promise<void> {
    prefix = `0d000000-${String(newRun()).padStart(4, '0')}-7000-8000-`
    const [insertCategories = '', insertExpenses = ''] = CATEGORIES_TO_MERGE
    await query(insertCategories, [prefix, categories])
    await query(insertExpenses, [prefix, categories, EXPENSES])
  }
  const [many, few] = isQuick ? [48, 16] : [96, 32]
  return {
    name: `merge of ${EXPENSES}`,
    contenders: [
      {
        name: 'Kysely',
        prepare: () => prepare(few),
        run: () =>
          shareOut(few, (piece) => {
            const owner = piece + 1
            const source = prefix + (FIRST + owner)
            return naive.mergeCategory(owner, source, categoryId(owner), `naive-${newKey()}`)
          }),
      },
      {
        name: 'ours',
        prepare: () => prepare(many),
        run: () =>
          shareOut(many, (piece) => {
            const owner = piece + 1
            const target = { categoryId: prefix + (FIRST + owner), version: 1 }
            return books.categories.delete(scopeOf(owner), target, { mergeInto: categoryId(owner) })
          }),
      },
    ],
    settle: async () => void (await stage.query(SETTLE)),
    targets: [{ against: 'Kysely', least: 5 }],
    count: () =>
      counted(stage, {
        ...JOURNAL,
        categories: 'count(*) from daftari.category',
        moved: `count(*) from daftari.expense where version = 2 and category_id::text like '0c%'`,
      }),
    expected: (done) => ({
      events: done * (EXPENSES + 1),
      deliveries: done * EXPENSES,
      answers: done,
      categories: -done,
      moved: done * EXPENSES,
    }),
  }
}
