import type pg from 'pg'
import { eventsSql } from './events-sql.ts'
import { expensesSql, expenseWordsSql, ownersSql } from './expenses-sql.ts'
import { INVOICE_WORDS, invoicesSql } from './invoices-sql.ts'
import { type BooksPlan, ownerCount } from './plan.ts'

const ROWS_AT_ONCE = 500_000
/** From here on it pays to build the indexes in the end. */
const MANY_ROWS = 200_000
const LARGE_TABLES = ['expense', 'expense_word', 'invoice_word', 'event']

/** What to run, and what to say of it. */
type Steps = readonly (readonly [string, readonly string[]])[]

const IS_SUPERUSER = 'select rolsuper as yes from pg_roles where rolname = current_user'
/** What is written from here on, and not by an earlier generation, carries this number or a higher one. */
const BEGUN = 'select pg_current_xact_id()::xid::text as begun'
const IS_EMPTY =
  'select not exists (select from daftari.expense) and not exists (select from daftari.event) as yes'

/**
 * Writes books by set-based statements, past the application but by its rules. On an empty database a superuser does it
 * without triggers and builds the indexes in the end. Only a superuser sees every owner's rows.
 */
export async function generateBooks(
  client: pg.Client,
  plan: BooksPlan,
  log: (line: string) => void = () => {},
): Promise<void> {
  const yes = async (text: string): Promise<boolean> => (await client.query(text)).rows[0]?.yes === true
  if (!(await yes(IS_SUPERUSER))) throw new Error('Only a superuser of the database can generate books')
  const isBulk = plan.rows >= MANY_ROWS && (await yes(IS_EMPTY))
  const rebuilt = isBulk ? await indexesOf(client) : { away: [], back: [] }
  const [{ begun }] = (await client.query(BEGUN)).rows
  const isNew = `xmin::text::bigint >= ${begun}`
  // Whatever was tried before on this connection.
  await client.query('drop table if exists planned_owner, planned_category, new_category, planned_invoice')
  await client.query(`set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set jit = off`)
  await client.query(`set session_replication_role = 'replica'`)
  try {
    for (const [said, statements] of stepsOf(plan, rebuilt, isNew)) {
      const start = performance.now()
      for (const text of statements) await client.query(text)
      log(`${said}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
    }
  } finally {
    await client.query('reset session_replication_role; reset work_mem; reset maintenance_work_mem')
  }
}

function stepsOf(plan: BooksPlan, { away, back }: Indexes, isNew: string): Steps {
  const owners = ownerCount(plan)
  const expenses: string[] = []
  for (let first = 1; first <= plan.rows; first += ROWS_AT_ONCE) {
    expenses.push(expensesSql(plan, owners, first, Math.min(plan.rows, first + ROWS_AT_ONCE - 1)))
  }
  return [
    ['owners and categories', [...away, ...ownersSql(plan, owners)]],
    ['expenses', expenses],
    ['their words', [expenseWordsSql(isNew)]],
    ['invoices', [...invoicesSql(plan, owners), INVOICE_WORDS]],
    ['events', plan.hasEvents ? eventsSql(plan, isNew) : []],
    ['indexes', back],
    ['statistics', ['vacuum analyze']],
  ]
}

interface Indexes {
  readonly away: readonly string[]
  readonly back: readonly string[]
}

const CONSTRAINTS = `select conrelid::regclass::text as on_table, conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint c where contype in ('p', 'u') and conrelid = any ($1::regclass[])
    and not exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = c.conrelid)`
const INDEXES = `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
  from pg_index where indrelid = any ($1::regclass[])
    and not exists (select from pg_constraint where conindid = indexrelid)`

/** How to take the indexes of the large tables away, and how to put them back. */
async function indexesOf(client: pg.Client): Promise<Indexes> {
  const tables = [LARGE_TABLES.map((name) => `daftari.${name}`)]
  const { rows: constraints } = await client.query(CONSTRAINTS, tables)
  const { rows: indexes } = await client.query(INDEXES, tables)
  return {
    away: [
      ...constraints.map(({ on_table: table, name }) => `alter table ${table} drop constraint ${name}`),
      ...indexes.map(({ name }) => `drop index ${name}`),
    ],
    back: [
      ...constraints.map(
        ({ on_table: table, name, definition }) =>
          `alter table ${table} add constraint ${name} ${definition}`,
      ),
      ...indexes.map(({ definition }) => definition),
    ],
  }
}
