import { isDomainError } from '@daftari/domain'
import pg from 'pg'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { readSchema } from '../scripts/read-schema.ts'
import { MigrationRefused, migrateDown, migrateUp, migrationStatus } from '../src/index.ts'
import { createDatabase, type TestDatabase } from './support/databases.ts'
import { startProgram } from './support/programs.ts'
import { until } from './support/until.ts'

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(inject('serverUrl'), 'template0')
  onTestFinished(() => database.drop())
  return database
}

/** A connection that is closed before the database goes. */
async function connected({ url }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** Stops every migration at its first policy, until the lock is let go. */
const HOLD = `create function public.hold() returns event_trigger language plpgsql
    as $$ begin perform pg_advisory_xact_lock(1); end $$;
  create event trigger hold on ddl_command_end when tag in ('CREATE POLICY') execute function public.hold();
  select pg_advisory_lock(1)`

function isWaiting({ query }: TestDatabase): Promise<boolean> {
  return query(`select from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`).then(
    ({ rowCount }) => (rowCount ?? 0) > 0,
  )
}

describe('migrations', () => {
  it('are applied once by five starters at once (F20)', async () => {
    const { url, query } = await emptyDatabase()
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrateUp({ connectionString: url })))
    const applied = outcomes.flat()
    expect(applied.length).toBeGreaterThan(0)
    const { rows } = await query('select name from daftari.migration order by name')
    expect(rows.map(({ name }) => name)).toEqual(applied.sort())
  })

  it('change nothing when all are applied', async () => {
    const { url, query } = await emptyDatabase()
    await migrateUp({ connectionString: url })
    const before = await query('select * from daftari.migration order by name')
    expect(await migrateUp({ connectionString: url })).toEqual([])
    expect((await query('select * from daftari.migration order by name')).rows).toEqual(before.rows)
  })

  it('leave the old schema whole when the process is killed in the middle, and are completed by the next (F21)', async () => {
    const database = await emptyDatabase()
    const holder = await connected(database)
    await migrateUp({ connectionString: database.url })
    const whole = await readSchema(holder)
    await migrateDown({ connectionString: database.url }, '0001-books')
    const before = await readSchema(holder)
    await holder.query(HOLD)

    const program = startProgram('migrate', database.url)
    await until('the migration is in the middle', () => isWaiting(database))
    await program.kill()
    await holder.query('select pg_advisory_unlock(1); drop event trigger hold')
    await until('the server has noticed', async () => (await database.connections()) === 1)

    expect(await readSchema(holder)).toBe(before)
    expect(before).not.toBe(whole)
    await migrateUp({ connectionString: database.url })
    expect(await readSchema(holder)).toBe(whole)
  })

  it('leave an empty database empty when the process is killed in the middle (F21)', async () => {
    const database = await emptyDatabase()
    const holder = await connected(database)
    await holder.query(HOLD)
    const program = startProgram('migrate', database.url)
    await until('the migration is in the middle', () => isWaiting(database))
    await program.kill()
    await holder.query('select pg_advisory_unlock(1); drop event trigger hold')
    await until('the server has noticed', async () => (await database.connections()) === 1)

    const { rowCount } = await holder.query(`select from pg_namespace where nspname = 'daftari'`)
    expect(rowCount).toBe(0)
    expect(await migrateUp({ connectionString: database.url })).not.toEqual([])
  })

  it('refuse a database that a newer version has migrated, in a plain sentence (F22)', async () => {
    const { url, query } = await emptyDatabase()
    const options = { connectionString: url }
    await migrateUp(options)
    await query(`insert into daftari.migration (name) values ('9999-later')`)
    const sentence =
      'the database has the migrations 9999-later, which this version does not know; use a newer version'
    const attempts = [
      () => migrateUp(options),
      () => migrateDown(options, null),
      () => migrationStatus(options),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(new MigrationRefused(sentence))
    expect((await query(`select from daftari.category`)).rowCount).toBe(0)
  })

  it('say which there are when asked to go back to another', async () => {
    const { url } = await emptyDatabase()
    await expect(migrateDown({ connectionString: url }, 'nonsense')).rejects.toThrow(
      /^there is no migration nonsense; there are 0001-books, /,
    )
  })

  it('tell what is applied and what is not, and change nothing by telling', async () => {
    const { url, query } = await emptyDatabase()
    const options = { connectionString: url }
    expect((await migrationStatus(options)).map(({ isApplied }) => isApplied)).not.toContain(true)
    expect((await query(`select from pg_namespace where nspname = 'daftari'`)).rowCount).toBe(0)
    await migrateUp(options)
    expect((await migrationStatus(options)).map(({ isApplied }) => isApplied)).not.toContain(false)
  })

  it('wait no longer than they were told for another that migrates', async () => {
    const database = await emptyDatabase()
    const holder = await connected(database)
    await holder.query(HOLD)
    const first = migrateUp({ connectionString: database.url })
    await until('the first is in the middle', () => isWaiting(database))
    const second = migrateUp({ connectionString: database.url, lockTimeoutMs: 100 })
    await expect(second).rejects.toThrow(MigrationRefused)
    await holder.query('select pg_advisory_unlock(1)')
    expect(await first).not.toEqual([])
  })

  it('refuse a login that may not change the schema, and say so', async () => {
    const { url, plainUrl, query } = await emptyDatabase()
    await migrateUp({ connectionString: url })
    await migrateDown({ connectionString: url }, '0001-books')
    await query('revoke all on schema daftari from daftari_app')
    await expect(migrateUp({ connectionString: plainUrl })).rejects.toThrow(
      /^this login cannot change the schema; /,
    )
  })

  it('refuse as unavailable where there is no server', async () => {
    const attempt = migrateUp({ connectionString: 'postgresql://nobody@127.0.0.1:1/nothing' })
    await expect(attempt).rejects.toSatisfy((error) => isDomainError(error, 'unavailable'))
  })
})
