import { type Books, isReplay, type Scope } from '@daftari/application'
import { aCategoryInput, anExpenseInput } from '@daftari/testing'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { startProgram } from './support/programs.ts'
import { until } from './support/until.ts'

const database = openDatabase()

async function openBooks(): Promise<{ books: Books; scope: Scope; categoryId: string }> {
  const { books, scope } = openAdapters(database().url)
  const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
  return { books, scope, categoryId }
}

/** How many rows of the owner each of these tables has. */
async function counts({ ownerId }: Scope): Promise<unknown> {
  const { rows } = await database().query(
    `select (select count(*)::integer from daftari.expense where owner_id = $1) as expenses,
      (select count(*)::integer from daftari.event where owner_id = $1 and type = 'expense.created') as events,
      (select count(*)::integer from daftari.idempotency where owner_id = $1) as answers`,
    [ownerId],
  )
  return rows[0]
}

function create(books: Books, scope: Scope, categoryId: string) {
  return books.expenses.create(
    { ...scope, idempotencyKey: 'a key' },
    { ...anExpenseInput({ categoryId }), amount: { amount: '12500', currency: 'TZS' } },
  )
}

describe('a process that is killed', () => {
  it('before its commit leaves nothing, and a repetition stores once (F01)', async () => {
    const { books, scope, categoryId } = await openBooks()
    const program = startProgram('write-expense', database().url, scope.ownerId, categoryId, 'hold')
    expect(await program.nextLine()).toBe('sent')
    await program.kill()
    await until('the server has noticed', async () => (await database().query(HELD)).rowCount === 0)
    expect(await counts(scope)).toEqual({ expenses: 0, events: 0, answers: 0 })
    const view = await create(books, scope, categoryId)
    expect(isReplay(view)).toBe(false)
    expect(await counts(scope)).toEqual({ expenses: 1, events: 1, answers: 1 })
  })

  it('after its commit was sent has stored once, and a repetition gets that answer (F02)', async () => {
    const { books, scope, categoryId } = await openBooks()
    const holder = await holdEvents()
    const program = startProgram('write-expense', database().url, scope.ownerId, categoryId, '')
    await until(
      'the commit waits behind its events',
      async () => (await database().query(WAITING)).rowCount === 1,
    )
    await program.kill()
    expect(await counts(scope)).toEqual({ expenses: 0, events: 0, answers: 0 })
    await holder.query('rollback')
    await until(
      'the server has done what it was sent',
      async () => (await database().query(HELD)).rowCount === 0,
    )
    const view = await create(books, scope, categoryId)
    expect(isReplay(view)).toBe(true)
    expect(view.createdBy).toBe('a-program')
    expect(await counts(scope)).toEqual({ expenses: 1, events: 1, answers: 1 })
  })
})

const HELD = `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
  and xact_start is not null`
const WAITING = `select from pg_locks where relation = 'daftari.event'::regclass and not granted`

/** Nobody writes an event until this transaction ends. */
async function holdEvents(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database().url })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin; lock table daftari.event in share mode')
  return client
}
