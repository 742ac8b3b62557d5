import { createBooks } from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import { aCategoryInput, aScope } from '@daftari/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  createPostgresAdapters,
  MigrationRefused,
  migrateDown,
  migrateUp,
  WallNotProven,
} from '../src/index.ts'
import { openPool } from '../src/kernel/session/connections.ts'
import { proveWall } from '../src/kernel/wall/prove-wall.ts'
import { administer, createDatabase, type TestDatabase } from './support/databases.ts'
import { startServer } from './support/server.ts'

// A server of its own: roles are the whole server's.
let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

async function database(template?: string): Promise<TestDatabase> {
  const created = await createDatabase(server.connectionString, template)
  onTestFinished(() => created.drop())
  return created
}

/** Proves the wall, on a pool of its own. */
async function ready(connectionString: string): Promise<void> {
  const adapters = createPostgresAdapters({ connectionString })
  try {
    await adapters.ready()
  } finally {
    await adapters.close()
  }
}

async function mustPutOnRole(connectionString: string): Promise<boolean> {
  const pool = openPool({ connectionString })
  try {
    return await proveWall(pool)
  } finally {
    await pool.end()
  }
}

/** A login beside the superuser and the plain one. */
async function login(name: string, clauses: string, { url }: TestDatabase): Promise<string> {
  await administer(server.connectionString, `create role ${name} login password '${name}' ${clauses}`)
  onTestFinished(async () => {
    await administer(url, `reassign owned by ${name} to postgres; drop owned by ${name}`)
    await administer(server.connectionString, `drop role ${name}`)
  })
  const changed = new URL(url)
  changed.username = name
  changed.password = name
  return changed.href
}

describe('being ready', () => {
  it('is proven as a superuser, who puts on the restricted role, and as a plain member of it', async () => {
    const { url, plainUrl } = await database()
    await ready(url)
    await ready(plainUrl)
  })

  it.each([
    ['without its policy', 'drop policy own_rows on daftari.expense'],
    ['without row level security', 'alter table daftari.expense disable row level security'],
    ['whose owner goes around it', 'alter table daftari.expense no force row level security'],
    ['that a second policy opens', 'create policy open on daftari.expense for select using (true)'],
    [
      'that a policy of the restricted role opens',
      'create policy open on daftari.expense to daftari_app using (true)',
    ],
    ['whose policy shows every row', 'alter policy own_rows on daftari.expense using (true)'],
    ['whose policy takes every row', 'alter policy own_rows on daftari.expense with check (true)'],
  ])('is refused with a table %s, by its name', async (_, change) => {
    const { url, plainUrl, query } = await database()
    await query(change)
    for (const as of [url, plainUrl]) {
      await expect(ready(as)).rejects.toThrow(WallNotProven)
      await expect(ready(as)).rejects.toThrow(/^row level security is not effective on expense; /)
    }
  })

  it('is refused with a table of ours that never had a policy', async () => {
    const { url, query } = await database()
    await query('create table daftari.extra (owner_id uuid)')
    await expect(ready(url)).rejects.toThrow(/is not effective on extra; /)
  })

  it('is refused when the restricted role may go around the wall, and says what to do', async () => {
    const { url } = await database()
    await administer(server.connectionString, 'alter role daftari_app bypassrls')
    onTestFinished(() =>
      administer(server.connectionString, 'alter role daftari_app nobypassrls').then(() => {}),
    )
    await expect(ready(url)).rejects.toThrow(/alter role daftari_app nosuperuser nobypassrls/)
  })

  it('is refused when the restricted role is missing, and migrating brings it back', async () => {
    const { url, plainUrl } = await database()
    await administer(server.connectionString, 'alter role daftari_app rename to set_aside')
    try {
      await expect(ready(url)).rejects.toThrow('the role daftari_app is missing; run: daftari migrate up')
      expect(await migrateUp({ connectionString: url })).toEqual([])
      await ready(url)
      await expect(ready(plainUrl)).rejects.toThrow(
        /books_user cannot become daftari_app; .*grant daftari_app to books_user/,
      )
    } finally {
      await administer(url, 'drop owned by daftari_app; drop role if exists daftari_app')
      await administer(server.connectionString, 'alter role set_aside rename to daftari_app')
    }
  })

  it('is refused to a login that is no member of the restricted role', async () => {
    const as = await login('stranger', '', await database())
    await expect(ready(as)).rejects.toThrow(/^stranger cannot become daftari_app; /)
  })

  it('is refused to a login that may go around the wall and cannot become the restricted role', async () => {
    const as = await login('passer', 'bypassrls', await database())
    await expect(ready(as)).rejects.toThrow(/^passer can bypass row level security and cannot become /)
  })

  it('is proven for a member that must put the role on, because it does not inherit its rights', async () => {
    const created = await database()
    const as = await login('heir', 'noinherit in role daftari_app', created)
    await ready(as)
    const adapters = createPostgresAdapters({ connectionString: as })
    onTestFinished(() => adapters.close())
    await createBooks(adapters).categories.create(aScope(), aCategoryInput())
  })

  it("demands that a member of the tables' owner puts the role on: it would see the keys of all", async () => {
    const created = await database()
    const as = await login('keeper', 'in role daftari_app', created)
    expect(await mustPutOnRole(created.plainUrl)).toBe(false)
    expect(await mustPutOnRole(as)).toBe(false)
    await created.query('alter table daftari.api_key owner to keeper')
    expect(await mustPutOnRole(as)).toBe(true)
  })

  it('is refused on an empty database, and names the command', async () => {
    const { url } = await database('template0')
    await expect(ready(url)).rejects.toThrow(
      /^the database lacks the migrations 0001-books, .*; run: daftari migrate up$/,
    )
  })

  it('is refused on a schema that lacks a migration, and names it and the command', async () => {
    const { url, query } = await database()
    await query(`delete from daftari.migration where name = '0002-walls'`)
    await expect(ready(url)).rejects.toThrow(MigrationRefused)
    await expect(ready(url)).rejects.toThrow(
      'the database lacks the migrations 0002-walls; run: daftari migrate up',
    )
  })

  it('is refused on a schema that does not let the restricted role in, and names the command', async () => {
    const { url } = await database()
    await migrateDown({ connectionString: url }, '0001-books')
    await expect(ready(url)).rejects.toThrow(MigrationRefused)
    await expect(ready(url)).rejects.toThrow(
      'the role daftari_app has no access to the schema, so migrations are missing; run: daftari migrate up',
    )
  })

  it('is refused to older code on a newer schema (F22)', async () => {
    const { url, query } = await database()
    await query(`insert into daftari.migration (name) values ('9999-later')`)
    await expect(ready(url)).rejects.toThrow(MigrationRefused)
    await expect(ready(url)).rejects.toThrow(
      /9999-later, which this version does not know; use a newer version/,
    )
  })

  it('is proven before the first use, also when nobody asked, and again after a refusal', async () => {
    const { url, query } = await database()
    await query('alter table daftari.expense disable row level security')
    const adapters = createPostgresAdapters({ connectionString: url })
    onTestFinished(() => adapters.close())
    const books = createBooks(adapters)
    const scope = aScope()
    await expect(books.categories.create(scope, aCategoryInput())).rejects.toThrow(WallNotProven)
    await query('alter table daftari.expense enable row level security')
    await books.categories.create(scope, aCategoryInput())
  })

  it('is refused as unavailable where there is no server', async () => {
    await expect(ready('postgresql://nobody@127.0.0.1:1/nothing')).rejects.toSatisfy((error) =>
      isDomainError(error, 'unavailable'),
    )
  })
})
