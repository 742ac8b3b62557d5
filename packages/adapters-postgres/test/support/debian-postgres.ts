import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { administer } from './databases.ts'
import { findOptionalTool } from './optional-tool.ts'
import { until } from './until.ts'

const NOBODY = 65_534
const NEEDED = ['initdb', 'postgres', 'psql', 'pg_dump', 'pg_restore']

/** Where a whole PostgreSQL is installed, the newest, as Debian does it; `null` where none is. */
export function installedPostgres(): string | null {
  const folders = globSync('/usr/lib/postgresql/*/bin').toSorted(
    (one, other) => versionOf(one) - versionOf(other),
  )
  if (findOptionalTool('pg_dump', ...folders) === null) return null
  return folders.findLast((folder) => NEEDED.every((name) => existsSync(join(folder, name)))) ?? null
}

function versionOf(folder: string): number {
  return Number(folder.split('/').at(-2))
}

export interface DebianPostgres {
  /** The superuser's, of the database `postgres`. */
  readonly url: string
  readonly host: string
  stop(): Promise<void>
}

/** A new server, which trusts whoever connects. */
export async function startDebianPostgres(bin: string): Promise<DebianPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-debian-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    chmodSync(folder, 0o755)
    chownSync(folder, NOBODY, NOBODY)
  }
  const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const dataDir = join(folder, 'data')
  const layout = ['-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--no-locale']
  execFileSync(join(bin, 'initdb'), ['-D', dataDir, ...layout], { cwd: folder, stdio: 'ignore', ...asUser })
  const port = await freePort()
  // Autovacuum would hold back what the feed shows.
  const settings = ['fsync=off', 'autovacuum=off', 'listen_addresses=127.0.0.1', `port=${port}`]
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', dataDir, '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
    { cwd: folder, stdio: 'ignore', ...asUser },
  )
  const exited = once(child, 'exit')
  const host = `127.0.0.1:${port}`
  const url = `postgres://postgres@${host}/postgres`
  const answers = (): Promise<boolean> =>
    administer(url, 'select 1').then(
      () => true,
      () => false,
    )
  await until('the server answers', answers, 20_000)
  return {
    url,
    host,
    async stop() {
      child.kill('SIGQUIT')
      await exited
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
