import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { readSchema } from '../scripts/read-schema.ts'
import { migrateDown, migrateUp, migrationStatus } from '../src/index.ts'
import { createDatabase, type TestDatabase } from './support/databases.ts'
import { typedColumns } from './support/typed-columns.ts'

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(inject('serverUrl'), 'template0')
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

async function committed(): Promise<string> {
  const text = await readFile(new URL('../schema.sql', import.meta.url), 'utf8')
  return text.replace(/^(--.*)?\n/gm, '').trim()
}

function withoutBlankLines(schema: string): string {
  return schema.replace(/^\n/gm, '').trim()
}

describe('the schema', () => {
  it('is what schema.sql says; else run: node --conditions=source scripts/dump-schema.ts', async () => {
    const database = await emptyDatabase()
    await migrateUp({ connectionString: database.url })
    expect(withoutBlankLines(await schemaOf(database))).toBe(await committed())
  })

  it('goes with its down-migrations, but for the list of migrations, and comes again the same', async () => {
    const database = await emptyDatabase()
    const options = { connectionString: database.url }
    const names = await migrateUp(options)
    const first = await schemaOf(database)
    expect(await migrateDown(options, null)).toEqual(names.toReversed())
    expect(await schemaOf(database)).toBe('')
    const { rows } = await database.query('select name from daftari.migration')
    expect(rows).toEqual([])
    expect(await migrateUp(options)).toEqual(names)
    expect(await schemaOf(database)).toBe(first)
  })

  it('can go back step by step', async () => {
    const database = await emptyDatabase()
    const options = { connectionString: database.url }
    const names = await migrateUp(options)
    const whole = await schemaOf(database)
    for (const to of names.toReversed().slice(1)) {
      await migrateDown(options, to)
      const applied = (await migrationStatus(options)).filter(({ isApplied }) => isApplied)
      expect(applied.at(-1)?.name).toBe(to)
    }
    await migrateUp(options)
    expect(await schemaOf(database)).toBe(whole)
  })

  it('is what the types of its tables say: names, nullability and kind of every column', async () => {
    const database = await emptyDatabase()
    await migrateUp({ connectionString: database.url })
    const { rows } = await database.query(
      `select c.relname as table, a.attname as name, not a.attnotnull as nullable,
          format_type(a.atttypid, null) as type
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'daftari'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
          and a.attnum > 0 and not a.attisdropped`,
    )
    const stored = rows.map(
      ({ table, name, nullable, type }) => `${table}.${name}: ${kindOf(type)}${nullable ? ' | null' : ''}`,
    )
    expect(stored.length).toBeGreaterThan(100)
    const src = new URL('../src/', import.meta.url)
    const files = (await readdir(src, { recursive: true })).filter((file) => file.endsWith('tables.ts'))
    const sources = await Promise.all(files.map((file) => readFile(new URL(file, src), 'utf8')))
    const typed = typedColumns(sources)
    expect(typed).toEqual(stored.sort())
  })
})

const KINDS: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  character: 'string',
  date: 'string',
  xid8: 'string',
  integer: 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  'timestamp with time zone': 'Instant',
  'uuid[]': 'string[]',
  'text[]': 'string[]',
}

function kindOf(type: string): string {
  return KINDS[type] ?? `unknown ${type}`
}
