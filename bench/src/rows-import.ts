import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createPostgresAdapters, migrateUp } from '@daftari/adapters-postgres'
import { createBooks } from '@daftari/application'
import { startTemporaryPostgres } from '@daftari/embedded-postgres'
import type pg from 'pg'
import { csvOfExpenses } from './books/csv.ts'
import { plannedOwnerId } from './books/plan.ts'
import { openPool } from './contest/open-pool.ts'
import { type BenchOptions, type Outcome, spread, table } from './measure.ts'

const TARGET = 0.4
/** What takes minutes each turn says no more of the ratio. */
const MOST_ROWS = 300_000
const OWNER = plannedOwnerId({ seed: 3 }, 0)
const CATEGORIES = Array.from({ length: 16 }, (_, at) => `Kundi ${at}`)

const QUIET = {
  autovacuum: 'off',
  jit: 'off',
  max_wal_size: '16GB',
  checkpoint_timeout: '1h',
  shared_buffers: '2GB',
}

const EMPTY = [
  'truncate daftari.expense, daftari.expense_word, daftari.event, daftari.delivery, daftari.delivery_attempt',
  'vacuum analyze',
  'checkpoint',
]

/**
 * Rows of CSV through every rule of the books, against `COPY` of the same rows into the same tables out of a file of the
 * server's own, in one transaction: expenses with all their indexes and words, and their events.
 */
export async function benchRowsImport({ rows: asked, isQuick }: BenchOptions): Promise<Outcome> {
  const rows = Math.min(asked, MOST_ROWS)
  const server = await startTemporaryPostgres({ durable: true, settings: QUIET })
  const folder = await mkdtemp(join(tmpdir(), 'daftari-bench-copy-'))
  await chmod(folder, 0o777)
  const { connectionString } = server
  await migrateUp({ connectionString })
  const pool = openPool(connectionString, 1)
  const adapters = createPostgresAdapters({ connectionString })
  try {
    const books = createBooks(adapters)
    const scope = { ownerId: OWNER, actorId: 'bench' }
    await books.categories.createMany(scope, { items: CATEGORIES.map((name) => ({ name })) })
    const pieces = [...csvOfExpenses({ rows, seed: 3, until: '2024-12-31', categories: CATEGORIES })]
    const take = async (): Promise<void> => {
      const report = await books.expenses.import(scope, { csv: () => Readable.from(pieces), dryRun: false })
      if (report.accepted !== rows) throw new Error(`${report.accepted} of ${rows} rows were accepted`)
    }
    await take()
    const files = await copyOut(pool, folder)
    const turns: { ours: number; theirs: number }[] = []
    for (let turn = 0; turn < (isQuick ? 3 : 5); turn += 1) {
      const ours = await secondsOf(pool, rows, take)
      turns.push({ ours, theirs: await secondsOf(pool, rows, () => copyIn(pool, files)) })
    }
    return outcomeOf(rows, turns)
  } finally {
    await Promise.all([adapters.close(), pool.end()])
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface CopyFile {
  readonly table: string
  readonly columns: string
  readonly path: string
}

const COLUMNS = `select string_agg(attname, ', ' order by attnum) as columns from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = ''`

async function copyOut(pool: pg.Pool, folder: string): Promise<readonly CopyFile[]> {
  const files: CopyFile[] = []
  for (const table of ['daftari.expense', 'daftari.event']) {
    const { columns } = (await pool.query(COLUMNS, [table])).rows[0]
    const path = join(folder, table)
    const expenses = table === 'daftari.event' ? ` where type = 'expense.created'` : ''
    await pool.query(`copy (select ${columns} from ${table}${expenses}) to '${path}'`)
    files.push({ table, columns, path })
  }
  return files
}

async function copyIn(pool: pg.Pool, files: readonly CopyFile[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const { table, columns, path } of files)
      await client.query(`copy ${table} (${columns}) from '${path}'`)
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** How long `work` takes on empty tables, and whether it left what it should. */
async function secondsOf(pool: pg.Pool, rows: number, work: () => Promise<void>): Promise<number> {
  for (const text of EMPTY) await pool.query(text)
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const left = (await pool.query(LEFT)).rows[0]
  if (Number(left.expenses) !== rows || Number(left.events) !== rows || Number(left.words) < rows) {
    throw new Error(`after ${rows} rows there are ${JSON.stringify(left)}`)
  }
  return seconds
}

const LEFT = `select (select count(*) from daftari.expense) as expenses, (select count(*) from daftari.event) as events,
  (select count(*) from daftari.expense_word) as words`

function outcomeOf(rows: number, turns: readonly { ours: number; theirs: number }[]): Outcome {
  const ours = spread(turns.map((turn) => rows / turn.ours))
  const copy = spread(turns.map((turn) => rows / turn.theirs))
  const ratio = spread(turns.map((turn) => turn.theirs / turn.ours))
  const isReached = ratio.median >= TARGET
  const row = (name: string, { median, min, max }: typeof ours): string[] => [
    ...[name, median.toFixed(0), `${min.toFixed(0)}-${max.toFixed(0)}`],
  ]
  console.log(
    table([
      [`import of ${rows} rows`, 'rows per second', 'range', 'ours to it', 'range', 'target', 'verdict'],
      row('books.expenses.import', ours),
      [
        ...row('COPY', copy),
        ...[`${ratio.median.toFixed(2)}x`, `${ratio.min.toFixed(2)}-${ratio.max.toFixed(2)}`],
        ...[`>= ${TARGET}x`, isReached ? 'ok' : 'MISSED'],
      ],
    ]),
  )
  return { isReached, summary: `import ${ratio.median.toFixed(2)}x COPY` }
}
