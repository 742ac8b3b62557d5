import { startTemporaryPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readSchema } from '../scripts/read-schema.ts'
import { migrateDown, migrateUp } from '../src/index.ts'
import { migrations } from '../src/migrations.ts'
import { createDatabase, type TestDatabase } from './support/databases.ts'

// A server of its own, since roles are the whole server's and this one loses them.
let server: Awaited<ReturnType<typeof startTemporaryPostgres>>
beforeAll(async () => {
  server = await startTemporaryPostgres()
})
afterAll(() => server.stop())

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(server.connectionString, 'template0')
  onTestFinished(() => database.drop())
  return database
}

async function schemaOf({ url }: TestDatabase): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await readSchema(client)
  } finally {
    await client.end()
  }
}

/**
 * What loading into a server without the role does: it cannot give the role anything, and a statement that also takes
 * something from the public does neither.
 */
async function loseRole({ query }: TestDatabase): Promise<void> {
  await query('drop owned by daftari_app; drop role daftari_app')
  const { rows } = await query(
    `select oid::regprocedure as name from pg_proc where pronamespace = 'daftari'::regnamespace`,
  )
  for (const { name } of rows) await query(`grant execute on function ${name} to public`)
}

describe('the restricted role', () => {
  it('has after loading a dump exactly what the migrations gave it, and the public nothing more', async () => {
    const database = await emptyDatabase()
    await migrateUp({ connectionString: database.url })
    const before = await schemaOf(database)
    await loseRole(database)
    expect(await schemaOf(database)).not.toBe(before)
    expect(await migrateUp({ connectionString: database.url })).toEqual([])
    expect(await schemaOf(database)).toBe(before)
  })

  it.each(migrations.slice(1).map(({ name }) => name))(
    'has the same when the dump was one of %s',
    async (to) => {
      const database = await emptyDatabase()
      await migrateUp({ connectionString: database.url })
      const before = await schemaOf(database)
      await migrateDown({ connectionString: database.url }, to)
      await loseRole(database)
      await migrateUp({ connectionString: database.url })
      expect(await schemaOf(database)).toBe(before)
    },
  )

  it('gets its rights back also where another database brought the role meanwhile', async () => {
    const [database, other] = [await emptyDatabase(), await emptyDatabase()]
    await migrateUp({ connectionString: database.url })
    const before = await schemaOf(database)
    await loseRole(database)
    await migrateUp({ connectionString: other.url })
    await migrateUp({ connectionString: database.url })
    expect(await schemaOf(database)).toBe(before)
    await other.query('drop owned by daftari_app')
  })
})
