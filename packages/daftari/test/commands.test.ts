import { join } from 'node:path'
import { createFolderFileStore } from '@daftari/adapters-storage'
import { freshId } from '@daftari/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { addCategory, categoriesOf } from './support/api.ts'
import { json, run, type Served, serve } from './support/daftari.ts'
import { dataDirectory } from './support/data-directory.ts'
import { databases, query } from './support/postgres.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

async function output(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await run(args, env).ended
  return { code, lines: stdout === '' ? [] : stdout.trimEnd().split('\n'), stderr }
}

describe('beside a running service, commands work on its database', () => {
  let service: Served
  let env: { readonly DAFTARI_DATA_DIR: string }
  let ownerId: string

  beforeAll(async () => {
    service = await serve()
    env = { DAFTARI_DATA_DIR: service.dataDir }
    ownerId = (await json(['owners', 'list'], env))[0].id
  })

  test('owners list shows the first owner, to people and to programs', async () => {
    expect(await output(['owners', 'list'], env)).toEqual({
      code: 0,
      lines: [`${ownerId}  Africa/Dar_es_Salaam  First owner`],
      stderr: '',
    })
    expect(await json(['owners', 'list'], env)).toEqual([
      expect.objectContaining({ id: ownerId, createdBy: 'daftari serve' }),
    ])
  })

  test('keys create makes a key that opens the books of the only owner at once', async () => {
    const { code, lines } = await output(['keys', 'create', '--scope', 'read', 'write'], env)
    expect([code, lines]).toEqual([0, [expect.stringMatching(/^dft_[\w-]{43}$/)]])
    const [apiKey = ''] = lines
    expect(await addCategory({ url: service.url, apiKey }, 'Usafiri')).toBe(201)
    expect(await categoriesOf(service)).toEqual(['Usafiri'])
  })

  test('keys create takes a name, an end and one scope after the other', async () => {
    const args = ['--scope', 'read', '--scope', 'admin', '--name', 'Backup']
    const end = ['--expires-at', '2099-01-01T00:00:00Z', '--owner', ownerId]
    expect(await json(['keys', 'create', ...args, ...end], env)).toMatchObject({
      name: 'Backup',
      scopes: ['read', 'admin'],
      expiresAt: '2099-01-01T00:00:00.000Z',
      createdBy: 'daftari command line',
    })
    const { lines } = await output(['keys', 'list'], env)
    expect(lines).toContainEqual(expect.stringMatching(/^[0-9a-f-]{36} {2}read,admin {2}Backup$/))
  })

  test('keys revoke closes the books to a key, once', async () => {
    const { id, key } = await json(['keys', 'create', '--scope', 'read'], env)
    expect(await output(['keys', 'revoke', id], env)).toEqual({
      code: 0,
      lines: [`revoked ${id}`],
      stderr: '',
    })
    const answer = await fetch(`${service.url}/v1/categories`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(answer.status).toBe(401)
    const listed: readonly { readonly id: string }[] = await json(['keys', 'list'], env)
    expect(listed.map((one) => one.id)).not.toContain(id)
    expect(await output(['keys', 'revoke', id], env)).toEqual({
      code: 2,
      lines: [],
      stderr: `There is no api_key ${id}. [not_found]\n`,
    })
  })

  test('doctor finds every component in order', async () => {
    const { code, lines } = await output(['doctor'], env)
    expect(code).toBe(0)
    const components = ['config', 'database', 'migrations', 'repositories', 'transactions', 'currency']
    expect(lines).toEqual(
      expect.arrayContaining([...components, 'container'].map((name) => `ok     ${name}`)),
    )
    const { findings } = await json(['doctor'], env)
    expect(findings).toHaveLength(lines.length)
    expect(findings[1]).toEqual({
      component: 'database',
      ok: true,
      details: ['the server answers'],
      remedy: null,
    })
  })

  test('doctor looks at what it is told, and says at what when asked', async () => {
    const args = ['doctor', '--component', 'migrations', '--component', 'config', '-v']
    const { lines } = await output(args, env)
    expect(lines.slice(0, 7)).toEqual([
      'ok     config',
      `       data directory ${service.dataDir}`,
      '       an embedded database',
      `       files in the folder ${service.dataDir}/files`,
      '       listens on 127.0.0.1:3000',
      'ok     migrations',
      '       0001-books is applied',
    ])
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(2)
  })

  test('migrate up and status have nothing to do', async () => {
    expect((await output(['migrate', 'up'], env)).lines).toEqual(['up to date'])
    const { lines } = await output(['migrate', 'status'], env)
    expect(lines.slice(0, 2)).toEqual(['applied 0001-books', 'applied 0002-walls'])
    expect(lines.filter((line) => !line.startsWith('applied '))).toEqual([])
  })

  test.each<[args: string[], stderr: string | RegExp]>([
    [
      ['owners', 'create', '--name', 'Asha', '--time-zone', 'Moon/Base'],
      /^The input has 1 invalid field\. \[validation_failed\]\n {2}timeZone: .+\n$/,
    ],
    [
      ['keys', 'create', '--scope', 'read', 'rule', '--name', ''],
      /^The input has 2 invalid fields\. .*\n {2}name: .+\n {2}scopes\.1: one of read, write, admin\n$/,
    ],
    [
      ['keys', 'list', '--owner', '019a9a60-0000-7000-8000-00000000000f'],
      'There is no owner 019a9a60-0000-7000-8000-00000000000f. [not_found]\n',
    ],
    [['migrate', 'down', '--to', 'yesterday'], /^there is no migration yesterday; choose from 0001-books, /],
    [['doctor', '--component', 'kitchen'], /^there is no component kitchen; choose from config, database, /],
  ])('%j names the fault on stderr alone: 2', async (args, stderr) => {
    expect(await output(args, env)).toEqual({
      code: 2,
      lines: [],
      stderr: expect.stringMatching(asPattern(stderr)),
    })
  })

  test('the service was not disturbed', async () => {
    expect(await categoriesOf(service)).toEqual(['Usafiri'])
  })
})

describe('without a service, commands start the database for themselves', () => {
  const env = { DAFTARI_DATA_DIR: '' }

  beforeAll(() => {
    env.DAFTARI_DATA_DIR = dataDirectory()
  })

  test('which has no schema at first, and says what to do', async () => {
    const { lines: steps } = await output(['migrate', 'status'], env)
    expect(steps.slice(0, 2)).toEqual(['missing 0001-books', 'missing 0002-walls'])
    const { code, lines } = await output(['doctor', '--component', 'database', 'migrations'], env)
    expect(code).toBe(3)
    expect(lines).toEqual([
      'ok     database',
      'FAILED migrations',
      expect.stringMatching(/^ +missing: 0001-books, 0002-walls/),
      '       next: daftari migrate up',
    ])
    const { code: refused, stderr } = await output(['owners', 'list'], env)
    expect(refused).toBe(1)
    expect(stderr).toMatch(/run: daftari migrate up\n$/)
  })

  test('from the schema to the first key, and back', async () => {
    const { applied } = await json(['migrate', 'up'], env)
    expect(applied.slice(0, 2)).toEqual(['0001-books', '0002-walls'])
    const { lines } = await output(
      ['owners', 'create', '--name', 'Asha', '--time-zone', 'Africa/Nairobi'],
      env,
    )
    expect(lines).toEqual([expect.stringMatching(UUID)])
    expect(await json(['owners', 'list'], env)).toMatchObject([
      { id: lines[0], name: 'Asha', timeZone: 'Africa/Nairobi' },
    ])
    expect(await json(['keys', 'create', '--scope', 'read'], env)).toMatchObject({ name: 'Command line' })
    const undone = applied.slice(1).toReversed()
    expect(await json(['migrate', 'down', '--to', '0001-books'], env)).toEqual({ undone })
    const { steps } = await json(['migrate', 'status'], env)
    expect(steps.slice(0, 2)).toEqual([
      { name: '0001-books', isApplied: true },
      { name: '0002-walls', isApplied: false },
    ])
    const { lines: last } = await output(['migrate', 'down', '--to', 'nothing'], env)
    expect(last).toEqual(['undone 0001-books'])
  })
})

describe('on a database of DATABASE_URL', () => {
  const postgres = databases()

  /** A database without owners, and a marked place for files. */
  async function migrated() {
    const folder = dataDirectory()
    await createFolderFileStore({ folder: join(folder, 'files') }).mark(freshId())
    return { DATABASE_URL: await postgres.createMigrated(), DAFTARI_DATA_DIR: folder }
  }

  test('an owner has to be named where there are several, and made where there is none', async () => {
    const env = await migrated()
    const list = () => output(['keys', 'list'], env)
    expect(await list()).toMatchObject({ code: 2, stderr: expect.stringContaining('daftari owners create') })
    const ids = []
    for (const name of ['Asha', 'Baraka'])
      ids.push((await json(['owners', 'create', '--name', name], env)).id)
    expect(await list()).toMatchObject({
      code: 2,
      stderr: 'there are several owners; choose one with --owner <id>\n',
    })
    for (const id of ids) expect(await json(['keys', 'list', '--owner', id], env)).toEqual([])
  })

  test('invariants finds what was planted: 3', async () => {
    const env = await migrated()
    await json(['owners', 'create', '--name', 'Asha'], env)
    expect(await output(['invariants'], env)).toMatchObject({ code: 0, lines: ['every invariant holds'] })
    await query(env.DATABASE_URL, 'update daftari.settings set version = 7')
    const { code, lines } = await output(['invariants'], env)
    expect([code, lines]).toEqual([3, [expect.stringMatching(/^I1: settings .* is at version 7/)]])
    const { code: again, stdout } = await run(['invariants', '--json'], env).ended
    expect([again, JSON.parse(stdout).violations]).toMatchObject([3, [{ detail: lines[0]?.split(': ')[1] }]])
  })

  test('books that came out of a dump are found by doctor and every command, and migrate up mends them (T16)', async () => {
    const env = await migrated()
    await json(['owners', 'create', '--name', 'Asha'], env)
    await json(['keys', 'create', '--scope', 'read'], env)
    // As a dump of a server that has given out more numbers would leave it.
    await query(env.DATABASE_URL, `update daftari.event set xid = '9000000'`)
    const refusal = /^the books were restored from a dump, .*; run: daftari migrate up\n$/
    expect(await output(['keys', 'list'], env)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(refusal),
    })
    expect(await output(['doctor', '--component', 'migrations'], env)).toMatchObject({
      code: 3,
      lines: ['FAILED migrations', expect.any(String), '       next: daftari migrate up'],
    })
    const up = await output(['migrate', 'up'], env)
    expect(up.lines).toEqual([
      'The books were restored from a dump: their 1 event got new numbers, and older cursors of the feed are refused.',
    ])
    expect(await json(['migrate', 'up'], env)).toEqual({ applied: [], renumberedEvents: 0 })
    expect(await json(['keys', 'list'], env)).toHaveLength(1)
    await json(['doctor'], env)
  })

  test('doctor leaves nothing behind, however often it looks', async () => {
    const env = await migrated()
    for (let time = 0; time < 2; time += 1) await json(['doctor'], env)
    expect(await query(env.DATABASE_URL, 'select name from daftari.owner')).toEqual([{ name: null }])
    expect(await query(env.DATABASE_URL, 'select id from daftari.event')).toEqual([])
    expect(await json(['owners', 'list'], env)).toEqual([])
  })

  test('doctor finds each thing that was broken, and prints the next command: 3', async () => {
    const env = await migrated()
    await query(env.DATABASE_URL, 'alter table daftari.expense disable row level security')
    expect(await output(['doctor', '--component', 'container'], env)).toMatchObject({
      code: 3,
      lines: [
        'FAILED container',
        expect.stringMatching(/row level security is not effective on expense/),
        '       next: daftari doctor --component migrations -v',
      ],
    })
    const away = { ...env, DATABASE_URL: 'postgres://asha:canary@127.0.0.1:1/books' }
    const { code, lines } = await output(['doctor'], away)
    expect(code).toBe(3)
    expect(lines.slice(0, 7)).toEqual([
      'ok     config',
      'FAILED database',
      '       The store cannot be reached at the moment. Nothing was stored. Repeat the request later. (connect ECONNREFUSED 127.0.0.1:1)',
      '       next: daftari doctor --component config -v',
      'FAILED migrations',
      '       not checked, because database failed',
      '       next: daftari doctor --component database -v',
    ])
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(2)
  })

  test('doctor finds a wrong configuration, with every fault: 3', async () => {
    const { code, lines } = await output(['doctor', '--component', 'config'], { PORT: 'x', LOG_LEVEL: 'y' })
    expect(code).toBe(3)
    expect(lines).toEqual([
      'FAILED config',
      expect.stringMatching(/^ +PORT: /),
      expect.stringMatching(/^ +LOG_LEVEL: /),
      '       next: printenv PORT LOG_LEVEL',
    ])
  })
})

function asPattern(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(`^${text.replace(/[.[\]]/g, '\\$&')}$`) : text
}
