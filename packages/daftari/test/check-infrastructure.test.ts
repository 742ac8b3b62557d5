import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { json, run } from './support/daftari.ts'
import { dataDirectory } from './support/data-directory.ts'
import { databases } from './support/postgres.ts'

const HINT = 'This is now: daftari doctor [--component <name>…] [-v]\n'
const COMPONENTS = [
  ...['database', 'currency', 'outbox', 'repositories', 'transactions'],
  ...['configuration', 'container'],
]

const servers = databases()
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  env = { DATABASE_URL: await servers.createMigrated(), DAFTARI_DATA_DIR: dataDirectory() }
})

describe('B21 check_infrastructure, as it was typed', () => {
  test('alone: everything, and a hint to the doctor on stderr', async () => {
    const { code, stdout, stderr } = await run(['check_infrastructure'], env).ended
    expect([code, stderr]).toEqual([0, HINT])
    expect(stdout.trimEnd().split('\n').toSorted()).toEqual(
      COMPONENTS.map((name) => `ok     ${name}`).toSorted(),
    )
  })

  test.each(COMPONENTS)('--component %s --verbose', async (name) => {
    const args = ['check_infrastructure', '--component', name, '--verbose']
    const { code, stdout, stderr } = await run(args, env).ended
    expect([code, stderr]).toEqual([0, HINT])
    expect(stdout).toMatch(new RegExp(`^ok     ${name}\\n( {7}.+\\n)+$`))
  })

  test('with hyphens, several components, and JSON', async () => {
    const args = ['check-infrastructure', '--component', 'configuration', '--component', 'outbox']
    const { findings } = await json(args, env)
    expect(findings).toMatchObject([
      { component: 'configuration', ok: true, remedy: null },
      { component: 'outbox', ok: true, remedy: null },
    ])
  })

  test('knows no other component, and says which there are: 2', async () => {
    const args = ['check_infrastructure', '--component', 'kitchen']
    const { code, stdout, stderr } = await run(args, env).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/there is no component kitchen; choose from database, currency, .*, container\n$/)
  })

  test('finds a wrong configuration under the name that it had: 3', async () => {
    const args = ['check_infrastructure', '--component', 'configuration']
    const { code, stdout } = await run(args, { ...env, PORT: 'x' }).ended
    expect([code, stdout.split('\n')[0]]).toEqual([3, 'FAILED configuration'])
  })
})

describe('on a data directory that was never started', () => {
  let never: { readonly DAFTARI_DATA_DIR: string }

  beforeAll(() => {
    never = { DAFTARI_DATA_DIR: join(dataDirectory(), 'books') }
  })

  test.each([
    [['outbox', 'stats']],
    [['outbox', 'flush']],
    [['outbox', 'run']],
    [['outbox', 'retry', '--failed']],
    [['outbox', 'cleanup']],
    [['flush_expense_outbox']],
    [['invariants']],
  ])('%j says what to do: 1', async (args) => {
    const { code, stdout, stderr } = await run(args, never).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /The database has no books yet\. To create them, start the service, or run: daftari migrate up\n$/,
    )
  })

  test.each(['outbox', 'container'])('the check of %s finds out why, and what to do: 3', async (name) => {
    const { code, stdout } = await run(['check_infrastructure', '--component', name], never).ended
    expect(code).toBe(3)
    expect(stdout.split('\n').filter((line) => !line.includes('missing: '))).toEqual([
      'FAILED migrations',
      '       next: daftari migrate up',
      `FAILED ${name}`,
      '       not checked, because migrations failed',
      '       next: daftari doctor --component migrations -v',
      '',
    ])
  })

  test('what is said to be done helps', async () => {
    await json(['migrate', 'up'], never)
    expect(await json(['outbox', 'stats'], never)).toMatchObject({ pending: 0, dead: 0 })
    expect((await run(['check_infrastructure'], never).ended).code).toBe(0)
  })
})
