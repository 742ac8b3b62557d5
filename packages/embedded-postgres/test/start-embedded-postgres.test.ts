import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chooseServerUser } from '../src/data-dir/server-user.ts'
import { startEmbeddedPostgres } from '../src/index.ts'
import { preparePostgresBinaries } from '../src/server/postgres-binaries.ts'
import { startServer } from '../src/server/start-server.ts'
import { isAlive } from './support/processes.ts'
import { query } from './support/query.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { until } from './support/until.ts'

type Options = Parameters<typeof startEmbeddedPostgres>[0]

async function start(options: Options) {
  const server = await startEmbeddedPostgres(options)
  onTestFinished(() => server.stop())
  return server
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}

function quick(dataDir: string, settings: Record<string, string> = {}): Options {
  return { dataDir, durable: false, settings }
}

describe('startEmbeddedPostgres', () => {
  it('starts a durable server on a new directory, keeps rows over a restart, and leaves no process', async () => {
    const dataDir = join(scratchFolder(), 'not', 'there', 'yet')
    const first = await start({ dataDir })
    expect(first).toMatchObject({ host: '127.0.0.1', dataDir, notice: null })
    const settings = "select string_agg(setting, ' ' order by name) as s from pg_settings where name in"
    expect(
      await query(first.connectionString, `${settings} ('fsync', 'full_page_writes', 'synchronous_commit')`),
    ).toEqual([{ s: 'on on on' }])
    await query(first.connectionString, 'create table kept as select 7 as n')
    await first.stop()
    expect(await first.exited).toMatchObject({ code: 0, wasAsked: true })
    expect(isAlive(first.pid)).toBe(false)

    const second = await start({ dataDir })
    expect(await query(second.connectionString, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('asks for a generated password that only its user can read, and refuses a wrong one', async () => {
    const dataDir = scratchFolder()
    const { connectionString } = await start(quick(dataDir))
    const wrong = new URL(connectionString)
    wrong.password = 'guessed'
    const refused = await query(wrong.href, 'select 1').catch(codeOf)
    expect(refused).toBe('28P01')
    expect(statSync(join(dataDir, 'pg.password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'pg')).mode & 0o777).toBe(0o700)
  })

  it('folds letters beyond ASCII, sorts by code point and keeps time in UTC', async () => {
    const { connectionString } = await start(quick(scratchFolder()))
    const text = `select lower('ÇÉÑ') as folded, 'Z' < 'a' as by_code_point, current_setting('timezone') as zone`
    expect(await query(connectionString, text)).toEqual([{ folded: 'çéñ', by_code_point: true, zone: 'UTC' }])
  })

  it('takes settings, but not those it rests on', async () => {
    const settings = { max_connections: '33', listen_addresses: '*', unix_socket_directories: '/tmp' }
    const { connectionString } = await start(quick(scratchFolder(), settings))
    const text = `select current_setting('max_connections') as a, current_setting('listen_addresses') as b,
      current_setting('unix_socket_directories') as c`
    expect(await query(connectionString, text)).toEqual([{ a: '33', b: '127.0.0.1', c: '' }])
  })

  it('says in the words of PostgreSQL why it did not start, and gives the directory back', async () => {
    const dataDir = scratchFolder()
    const refused = await startEmbeddedPostgres(quick(dataDir, { work_mem: 'plenty' })).catch(
      (error) => error,
    )
    expect(refused).toMatchObject({ code: 'start_failed' })
    expect(refused.message).toContain('invalid value for parameter "work_mem": "plenty"')
    expect(refused.output.join('\n')).toContain('plenty')
    await start(quick(dataDir))
  })

  it('tells of a server that ended by itself', async () => {
    const server = await start(quick(scratchFolder()))
    process.kill(server.pid, 'SIGQUIT')
    const { wasAsked, output } = await server.exited
    expect(wasAsked).toBe(false)
    expect(output.join('\n')).toContain('received immediate shutdown request')
  })

  it('stops a server whose clients are still connected and busy', async () => {
    const server = await start(quick(scratchFolder()))
    const sleeping = query(server.connectionString, 'select pg_sleep(600)').catch(codeOf)
    const busy = `select 1 from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'`
    await until('the query runs', async () => (await query(server.connectionString, busy)).length > 0)
    await server.stop()
    expect(await sleeping).toBe('57P01')
  })

  it('takes another port when somebody was faster', async () => {
    const dataDir = scratchFolder()
    await (await start(quick(dataDir))).stop()
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await new Promise((resolve) => other.once('listening', resolve))
    const taken = (other.address() as { port: number }).port
    const user = await chooseServerUser([join(dataDir, 'pg')])
    const { postgres } = await preparePostgresBinaries(user, dataDir)
    const ports = [taken, taken, 0]
    const { freePort } = await import('../src/server/free-port.ts')
    const server = await startServer({
      postgres,
      user,
      pgDir: join(dataDir, 'pg'),
      durable: false,
      settings: {},
      log: () => {},
      pickPort: async (host) => ports.shift() || freePort(host),
    })
    onTestFinished(() => server.stop())
    expect(ports).toEqual([])
    expect(server.port).not.toBe(taken)
  })

  it('refuses the database of another version, naming both', async () => {
    const dataDir = scratchFolder()
    await (await start(quick(dataDir))).stop()
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '17\n')
    const refused = await startEmbeddedPostgres(quick(dataDir)).catch((error) => error)
    expect(refused.code).toBe('wrong_version')
    expect(refused.message).toMatch(/PostgreSQL 17;.* 18/)
  })

  it('refuses a folder pg that holds no database, and does not touch it', async () => {
    const dataDir = scratchFolder()
    mkdirSync(join(dataDir, 'pg'))
    writeFileSync(join(dataDir, 'pg', 'letter'), 'mine')
    expect(await startEmbeddedPostgres(quick(dataDir)).catch(codeOf)).toBe('not_a_database')
    expect(readdirSync(join(dataDir, 'pg'))).toEqual(['letter'])
  })

  it('refuses a database whose password is lost, and takes it when the file is back', async () => {
    const dataDir = scratchFolder()
    await (await start(quick(dataDir))).stop()
    renameSync(join(dataDir, 'pg.password'), join(dataDir, 'elsewhere'))
    expect(await startEmbeddedPostgres(quick(dataDir)).catch(codeOf)).toBe('password_missing')
    renameSync(join(dataDir, 'elsewhere'), join(dataDir, 'pg.password'))
    await start(quick(dataDir))
  })

  it('never takes the leavings of an initdb for a database, and clears them away', async () => {
    const dataDir = scratchFolder()
    mkdirSync(join(dataDir, 'pg.init-0a0b0c'))
    writeFileSync(join(dataDir, 'pg.init-0a0b0c', 'PG_VERSION'), '18\n')
    const { connectionString } = await start(quick(dataDir))
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('pg.init-'))).toEqual([])
  })
})
