import { freshId } from '@daftari/testing'
import pg from 'pg'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createPostgresAdapters } from '../src/index.ts'
import { type ForeignBooks, writeForeignBooks } from './support/foreign-books.ts'
import { openDatabase } from './support/open-database.ts'

const database = openDatabase()
let theirs: ForeignBooks
let mine: ForeignBooks

beforeAll(async () => {
  const adapters = createPostgresAdapters({ connectionString: database().url })
  theirs = await writeForeignBooks(adapters)
  mine = await writeForeignBooks(adapters)
  await adapters.close()
})

/** A transaction of the restricted role on the books of this owner, or of nobody. */
async function enter(ownerId: string | null): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database().plainUrl })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin')
  if (ownerId !== null) await client.query(`select set_config('app.owner_id', $1, true)`, [ownerId])
  return client
}

/** Nobody subscribes here, and what the dispatchers share is of no owner. */
const EMPTY = ['subscription', 'delivery', 'delivery_attempt', 'dispatch_shard', 'dispatcher']

/** Without what is of no owner at all, and is read through functions. */
const TABLES = `select c.relname as name from pg_class c
  where c.relnamespace = 'daftari'::regnamespace and c.relkind in ('r', 'v')
    and c.relname not in ('migration', 'epoch')`

async function tables(): Promise<string[]> {
  const { rows } = await database().query(TABLES)
  return rows.map(({ name }) => name)
}

const INSERT = `insert into daftari.category (owner_id, id, version, name, name_key, created_at, created_by, updated_at)
  values ($1, gen_random_uuid(), 1, 'Theirs', 'theirs', now(), 'me', now())`
const INSERT_EXPENSE = `insert into daftari.expense (owner_id, id, version, category_id, amount_minor, currency,
    expense_date, words, created_at, created_by, updated_at)
  values ($1, gen_random_uuid(), 1, $2, 1, 'TZS', '2026-11-20', '', now(), 'me', now())`

describe('the server itself', () => {
  it('shows of every table and view only the rows of the owner who is set', async () => {
    const client = await enter(mine.ownerId)
    for (const name of await tables()) {
      const { rows } = await client.query(`select * from daftari.${name}`)
      const owners = new Set(rows.map((row) => (name === 'owner' ? row.id : row.owner_id)))
      if (!EMPTY.includes(name)) expect([...owners], name).toEqual([mine.ownerId])
    }
  })

  it('shows nothing while no owner is set', async () => {
    const client = await enter(null)
    for (const name of await tables()) {
      expect((await client.query(`select from daftari.${name}`)).rowCount, name).toBe(0)
    }
  })

  it('shows nothing on a connection whose transaction of an owner has ended', async () => {
    const client = await enter(mine.ownerId)
    for (const end of ['commit', 'rollback']) {
      await client.query(end)
      await client.query('begin')
      expect((await client.query('select from daftari.category')).rowCount).toBe(0)
    }
  })

  it('refuses to insert a row for another owner', async () => {
    const client = await enter(mine.ownerId)
    await expect(client.query(INSERT, [theirs.ownerId])).rejects.toMatchObject({ code: '42501' })
  })

  it('refuses to give a row to another owner', async () => {
    const client = await enter(mine.ownerId)
    const give = client.query('update daftari.attachment set owner_id = $1', [theirs.ownerId])
    await expect(give).rejects.toMatchObject({ code: '42501' })
  })

  it('changes and deletes nothing of another owner', async () => {
    const client = await enter(mine.ownerId)
    for (const text of ['update daftari.payment set reference = null', 'delete from daftari.payment']) {
      expect((await client.query(`${text} where owner_id = $1`, [theirs.ownerId])).rowCount).toBe(0)
    }
  })

  it('refuses a reference to the category of another owner (F81)', async () => {
    const client = await enter(mine.ownerId)
    const insert = client.query(INSERT_EXPENSE, [mine.ownerId, theirs.category.id])
    await expect(insert).rejects.toMatchObject({ code: '23503', constraint: 'expense_category_fk' })
  })

  it('lets nobody rewrite what happened, or what was migrated', async () => {
    for (const text of [
      'update daftari.event set body = body',
      'delete from daftari.event',
      'delete from daftari.migration',
      `insert into daftari.migration (name) values ('x')`,
      'alter table daftari.expense disable row level security',
      'create table daftari.mine (id uuid)',
    ]) {
      const client = await enter(mine.ownerId)
      await expect(client.query(text), text).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('opens the two looks across owners by nothing but their own questions', async () => {
    const client = await enter(null)
    const wrong = await client.query('select * from daftari.find_api_key($1)', [freshId()])
    expect(wrong.rows).toEqual([])
    expect((await client.query('select from daftari.api_key')).rowCount).toBe(0)
    const { rows } = await client.query('select * from daftari.list_owners(null, 10)')
    expect(rows).toEqual([])
  })
})
