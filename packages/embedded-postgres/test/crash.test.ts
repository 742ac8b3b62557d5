import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { identityOf } from '../src/data-dir/server-user.ts'
import { isAlive, processesOf, watchdogOf } from './support/processes.ts'
import { query } from './support/query.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { type Starter, starter } from './support/starter.ts'
import { until } from './support/until.ts'
import { missingRows, startWriter } from './support/writer.ts'

const quick = (dataDir: string) => ({ dataDir, durable: false })

describe('a crash under load loses no acknowledged row and leaves no process', () => {
  const crashes: Record<string, (first: Starter, server: number) => Promise<void>> = {
    'Node is killed': (first) => first.kill(),
    'the server is killed': async (first, server) => {
      process.kill(server, 'SIGKILL')
      await once(first.child, 'exit')
      expect(first.child.exitCode).toBe(3)
    },
    'both are killed': async (first, server) => {
      process.kill(server, 'SIGKILL')
      await first.kill()
    },
  }

  it.each(Object.entries(crashes))('F01: %s', async (_, crash) => {
    const dataDir = scratchFolder()
    const first = starter({ dataDir })
    const { connectionString, pid } = await first.server
    const writer = await startWriter(connectionString)
    await writer.hasWritten(50)
    await crash(first, pid)
    await until('the server is gone', () => processesOf(dataDir).length === 0)
    await writer.ended

    const again = await starter({ dataDir }).server
    expect(await missingRows(again.connectionString, writer.acknowledged)).toEqual([])
  })

  it('F01: Node is killed while a query runs that would take ten minutes', async () => {
    const dataDir = scratchFolder()
    const first = starter(quick(dataDir))
    const { connectionString } = await first.server
    const sleeping = query(connectionString, 'select pg_sleep(600)').catch(() => 'broken')
    const busy = `select 1 from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'`
    await until('the query runs', async () => (await query(connectionString, busy)).length > 0)
    await first.kill()
    await until('the server is gone', () => processesOf(dataDir).length === 0)
    expect(await sleeping).toBe('broken')
  })
})

describe('a starter killed while its server starts', () => {
  it('leaves no process', async () => {
    const dataDir = scratchFolder()
    await starter(quick(dataDir))
      .server.then(({ pid }) => process.kill(pid, 'SIGKILL'))
      .then(() => until('the first is gone', () => processesOf(dataDir).length === 0))
    const second = starter(quick(dataDir))
    await until('the server is there', () => processesOf(join(dataDir, 'pg')).length > 0)
    await second.kill()
    await until('the server is gone', () => processesOf(dataDir).length === 0)
  })
})

describe('a server without its watchdog', () => {
  it('is unharmed by the loss, becomes an orphan, and is stopped by the next starter, rows kept', async () => {
    const dataDir = scratchFolder()
    const first = starter({ dataDir })
    const { connectionString, pid } = await first.server
    process.kill(watchdogOf(join(dataDir, 'pg')), 'SIGKILL')
    const writer = await startWriter(connectionString)
    await writer.hasWritten(50)
    await first.kill()
    await writer.hasWritten(100)
    expect(isAlive(pid)).toBe(true)

    const second = await starter({ dataDir }).server
    expect(isAlive(pid)).toBe(false)
    expect(second.log.join('\n')).toContain(`its starter left in ${join(dataDir, 'pg')}: process ${pid}.`)
    await writer.ended
    expect(await missingRows(second.connectionString, writer.acknowledged)).toEqual([])
  })
})

describe('a stale pid file', () => {
  const others = {
    'F24: of a zombie': 'true & echo $!; exec sleep 60',
    'F24: of a stranger with the same user': 'echo $$; exec sleep 60',
    'F24: of a stranger who works in that very folder': 'cd "$0"; echo $$; exec sleep 60',
  }

  it.each(Object.entries(others))(
    '%s does not stop the next start, nor is anybody harmed',
    async (_, script) => {
      const dataDir = scratchFolder()
      const first = starter(quick(dataDir))
      await first.server
      const pidFile = join(dataDir, 'pg', 'postmaster.pid')
      const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n')
      await first.stop()
      expect(existsSync(pidFile)).toBe(false)
      const pid = await runAsOwner(join(dataDir, 'pg'), script)
      writeFileSync(pidFile, [pid, ...rest].join('\n'))
      const wasAlive = isAlive(pid)

      const { pid: server } = await starter(quick(dataDir)).server
      expect(Number.parseInt(readFileSync(pidFile, 'utf8'), 10)).toBe(server)
      expect(isAlive(pid)).toBe(wasAlive)
    },
  )

  /** Of the server's own user: PostgreSQL takes no other process for a server. Gives the pid that is printed. */
  async function runAsOwner(pgDir: string, script: string): Promise<number> {
    const child = spawn('/bin/sh', ['-c', script, pgDir], {
      ...identityOf(statSync(pgDir)),
      cwd: '/',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const exited = once(child, 'exit')
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await exited
    })
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const pid = Number(line)
    // The shell has printed; wait for what it becomes.
    await until(
      'the other process is in place',
      () => readFileSync(`/proc/${child.pid}/comm`, 'utf8') === 'sleep\n',
    )
    if (pid !== child.pid) await until('it is a zombie', () => !isAlive(pid))
    return pid
  }
})

describe('a starter killed during initdb', () => {
  const moments: Record<string, (dataDir: string) => boolean> = {
    'at its beginning': (dataDir) => draftsOf(dataDir).length > 0,
    'when the version is written': (dataDir) =>
      draftsOf(dataDir).some((draft) => existsSync(join(draft, 'PG_VERSION'))),
    'when the catalogues are written': (dataDir) =>
      draftsOf(dataDir).some((draft) => existsSync(join(draft, 'base', '1', 'PG_VERSION'))),
  }

  it.each(Object.entries(moments))('%s leaves nothing that is taken for a database', async (_, moment) => {
    const dataDir = scratchFolder()
    const first = starter(quick(dataDir))
    await until('initdb is there', () => moment(dataDir))
    await first.kill()
    expect(existsSync(join(dataDir, 'pg'))).toBe(false)
    const { connectionString } = await starter(quick(dataDir)).server
    expect(await query(connectionString, 'select count(*) > 400 as whole from pg_class')).toEqual([
      { whole: true },
    ])
    await until('initdb is gone', () => draftsOf(dataDir).length === 0)
  })

  function draftsOf(dataDir: string): readonly string[] {
    const names = existsSync(dataDir) ? readdirSync(dataDir) : []
    return names.filter((name) => name.startsWith('pg.init-')).map((name) => join(dataDir, name))
  }
})

describe('startTemporaryPostgres', () => {
  it.each(['stop', 'kill'] as const)('removes its folder at a %s', async (end) => {
    const started = starter({ temporary: true })
    const { dataDir, connectionString } = await started.server
    expect(await query(connectionString, 'show fsync')).toEqual([{ fsync: 'off' }])
    expect(existsSync(join(dataDir, 'pg'))).toBe(true)
    await started[end]()
    await until('the folder is gone', () => !existsSync(dataDir))
    // Whoever removed the folder may still be on its way out.
    await until('its processes are gone', () => processesOf(dataDir).length === 0)
  })
})
