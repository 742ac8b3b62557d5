import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addCategory, categoriesOf, statusOf } from './support/api.ts'
import { json, run, serve } from './support/daftari.ts'
import { dataDirectory } from './support/data-directory.ts'
import { at, databases, query } from './support/postgres.ts'

const postgres = databases()
const PASSWORD = 'a-canary-of-a-password'

async function refusalOf(DATABASE_URL: string) {
  return run(['serve'], { PORT: '0', DAFTARI_DATA_DIR: dataDirectory(), DATABASE_URL }).ended
}

describe('with DATABASE_URL, the service', () => {
  test('migrates that database and keeps the books there, and no server of its own', async () => {
    const url = await postgres.create()
    const service = await serve({ DATABASE_URL: url })
    expect(await addCategory(service, 'Usafiri')).toBe(201)
    expect(await query(url, 'select name from daftari.category')).toEqual([{ name: 'Usafiri' }])
    expect(readdirSync(service.dataDir).sort()).toEqual(['api-key', 'files', 'master-key'])
    const { stderr } = await service.stop()
    expect(stderr).toContain('The books are stored in the database of DATABASE_URL.')
  })

  test('may run twice, and the second shows no key but has one made', async () => {
    const url = await postgres.create()
    const [first, second] = [await serve({ DATABASE_URL: url }), await serve({ DATABASE_URL: url })]
    expect(await addCategory(first, 'Usafiri')).toBe(201)
    expect(second.apiKey).toBeNull()
    const { key } = await json(['keys', 'create', '--scope', 'read'], {
      DATABASE_URL: url,
      DAFTARI_DATA_DIR: second.dataDir,
    })
    expect(await categoriesOf({ url: second.url, apiKey: key })).toEqual(['Usafiri'])
    await Promise.all([first.stop(), second.stop()])
  })

  test('makes no key where there are several owners, and says how', async () => {
    const url = await postgres.createMigrated()
    await query(url, `insert into daftari.owner (id, name) values (uuidv7(), 'Asha'), (uuidv7(), 'Baraka')`)
    const service = await serve({ DATABASE_URL: url })
    expect(service.apiKey).toBeNull()
    expect((await service.stop()).stderr).toContain(
      'There are several owners. To create a key, run: daftari keys',
    )
  })

  test('is not ready while the database is gone, lives on, and is ready when it is back', async () => {
    const url = await postgres.create()
    const admin = at(url, { pathname: '/postgres' })
    const name = new URL(url).pathname.slice(1)
    const service = await serve({ DATABASE_URL: url })
    expect(await statusOf(`${service.url}/readyz`)).toBe(200)
    await query(admin, `alter database ${name} allow_connections false`)
    await query(admin, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    expect(await statusOf(`${service.url}/readyz`)).toBe(503)
    expect(await statusOf(`${service.url}/livez`)).toBe(200)
    expect(await addCategory(service, 'Usafiri')).toBe(503)
    await query(admin, `alter database ${name} allow_connections true`)
    expect(await statusOf(`${service.url}/readyz`)).toBe(200)
    expect(await addCategory(service, 'Usafiri')).toBe(201)
    await service.stop()
  })

  test('works as a restricted login, and migrates as the owner of the schema', async () => {
    const owner = await postgres.createMigrated()
    const app = at(owner, { username: 'app', password: PASSWORD })
    const env = { DATABASE_URL: app, DATABASE_SYSTEM_URL: owner }
    await query(owner, `create role app login password '${PASSWORD}' in role daftari_app`)
    const service = await serve(env)
    expect(await addCategory(service, 'Usafiri')).toBe(201)
    const { stderr } = await service.stop()
    expect(stderr).not.toContain(PASSWORD)
    expect(stderr).not.toContain('This process does not deliver events')

    const alone = await serve({ DATABASE_URL: app, DAFTARI_DATA_DIR: service.dataDir })
    expect(await categoriesOf(alone)).toEqual(['Usafiri'])
    expect((await alone.stop()).stderr).toContain('This process does not deliver events')
  })
})

describe('the service does not start', () => {
  test('on a database that is newer than it', async () => {
    const url = await postgres.createMigrated()
    await query(url, `insert into daftari.migration (name) values ('9999-later')`)
    const { code, stdout, stderr } = await refusalOf(url)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(
      'the database has the migrations 9999-later, which this version does not know; use a newer version\n',
    )
  })

  test('as a login that may not do what is missing', async () => {
    const url = await postgres.create()
    await query(url, `create role bystander login password '${PASSWORD}'`)
    const { code, stdout, stderr } = await refusalOf(at(url, { username: 'bystander', password: PASSWORD }))
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/this login cannot change the schema/)
    expect(stderr).not.toContain(PASSWORD)
  })

  const wrongs: Readonly<Record<string, [parts: Parameters<typeof at>[1], reason: RegExp]>> = {
    'with a wrong password': [{ password: PASSWORD }, /password authentication failed for user "postgres"/],
    'on a database that is not there': [{ pathname: '/nowhere' }, /database "nowhere" does not exist/],
    'on a server that is not there': [
      { password: PASSWORD, port: '1' },
      /connect ECONNREFUSED 127\.0\.0\.1:1/,
    ],
  }

  test.each(Object.entries(wrongs))(
    '%s, and says why in a sentence with a code',
    async (_, [parts, reason]) => {
      const url = at(await postgres.create(), parts)
      const { code, stdout, stderr } = await refusalOf(url)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(reason)
      expect(stderr).toMatch(
        /^The store cannot be reached at the moment\. Nothing was stored\. Repeat the request later\. \(.*\) \[unavailable\]$/m,
      )
      expect(stderr).not.toContain(new URL(url).password)
      expect(stderr).not.toMatch(/\n +at /)
    },
  )
})
