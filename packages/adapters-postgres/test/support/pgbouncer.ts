import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findOptionalTool } from './optional-tool.ts'
import { until } from './until.ts'

export interface PgBouncer {
  /** The same database and login, through the pooler. */
  through(url: string): string
  stop(): Promise<void>
}

export interface PgBouncerProgram {
  readonly path: string
  readonly version: string
}

/** `null` where it is not installed. */
export function findPgBouncer(): PgBouncerProgram | null {
  // Debian keeps it where only root's PATH leads.
  const path = findOptionalTool('pgbouncer', '/usr/sbin')
  if (path === null) return null
  const [version = '0.0'] = /\d+\.\d+/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' })) ?? []
  return { path, version }
}

/** Only from 1.21 on does a pooler keep named statements in transaction mode. */
export function keepsNamedStatements({ version }: PgBouncerProgram): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 1 || minor >= 21
}

/** PgBouncer in transaction mode in front of a server, for these logins. */
export async function startPgBouncer(
  { path }: PgBouncerProgram,
  serverUrl: string,
  logins: readonly (readonly [string, string])[],
): Promise<PgBouncer> {
  const { hostname, port: serverPort } = new URL(serverUrl)
  const folder = await mkdtemp(join(tmpdir(), 'daftari-pgbouncer-'))
  const port = await freePort()
  const users = join(folder, 'users.txt')
  const settings = join(folder, 'pgbouncer.ini')
  await writeFile(users, logins.map(([user, password]) => `"${user}" "${password}"\n`).join(''))
  await writeFile(
    settings,
    `[databases]
* = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
max_client_conn = 200
default_pool_size = 8
server_idle_timeout = 1
`,
  )
  for (const [file, mode] of [
    [folder, 0o755],
    [users, 0o644],
    [settings, 0o644],
  ] as const)
    await chmod(file, mode)
  const asUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const child = spawn(path, [settings], { stdio: 'ignore', ...asUser })
  const through = (url: string): string => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href
  await until('the pooler answers', () => answers(through(serverUrl)))
  return {
    through,
    async stop() {
      await ended(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
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
