import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { hasCode } from './has-code.ts'
import type { LockHolder } from './lock-holder.ts'

export interface DataDirLock {
  /** Gives the directory back. Safe to call twice. */
  release(): Promise<void>
}

const ATTEMPTS = 20
const ANSWER_TIMEOUT_MS = 2_000

/**
 * Takes the only lock on an existing directory. The kernel releases it however the process dies, and whoever
 * comes second is told who holds it: `describe` is asked anew each time, so a URL may follow later.
 * It reaches as far as one network namespace: two containers on one volume do not see each other's lock.
 * @throws data_dir_in_use
 */
export async function lockDataDir(
  dataDir: string,
  describe: () => { readonly url?: string } = () => ({}),
  platform: NodeJS.Platform = process.platform,
): Promise<DataDirLock> {
  const address = await lockAddress(dataDir, platform)
  const since = new Date().toISOString()
  const answer = () => JSON.stringify({ pid: process.pid, since, ...describe() } satisfies LockHolder)

  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const server = await listen(address, answer)
    if (server !== null) return { release: () => close(server) }
    const holder = await askHolder(address)
    if (holder !== 'gone') throw inUse(dataDir, holder)
    if (!isAbstract(address)) await rm(address, { force: true })
  }
  throw inUse(dataDir, null)
}

/** Device and inode, not the path: a bind mount or a symbolic link leads to the same lock. */
async function lockAddress(dataDir: string, platform: NodeJS.Platform): Promise<string> {
  const { dev, ino } = await stat(dataDir, { bigint: true })
  const name = `daftari-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)}`
  return platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

function isAbstract(address: string): boolean {
  return address.startsWith('\0')
}

function listen(address: string, answer: () => string): Promise<Server | null> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    // A reader that never hangs up must not hold up `release`.
    socket.end(answer(), () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (hasCode(error, 'EADDRINUSE') ? resolve(null) : reject(error)))
    server.listen(address, () => resolve(server.unref()))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** `null`: somebody holds it and does not answer (stopped, or not one of us). `gone`: nobody listens. */
function askHolder(address: string): Promise<LockHolder | null | 'gone'> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(address)
    socket.setEncoding('utf8')
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', (error) => {
      if (hasCode(error, 'ECONNREFUSED', 'ENOENT')) resolve('gone')
    })
    socket.on('close', () => resolve(readHolder(text)))
  })
}

function readHolder(text: string): LockHolder | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function inUse(dataDir: string, holder: LockHolder | null): Error {
  const who =
    holder === null
      ? 'a process that does not answer'
      : `process ${holder.pid} since ${holder.since}${holder.url ? `, at ${holder.url}` : ''}`
  return embeddedPostgresError('data_dir_in_use', `The data directory ${dataDir} is in use by ${who}.`, {
    holder,
  })
}
