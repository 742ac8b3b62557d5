import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { hasCode } from './has-code.ts'
import type { LockHolder } from './lock-holder.ts'

export interface DataDirLock {
  /** Releases the directory. It may be called twice. */
  release(): Promise<void>
}

const ATTEMPTS = 20
const ANSWER_TIMEOUT_MS = 2_000

/**
 * Takes the exclusive lock on an existing directory. The kernel releases it when the process ends in any way. A second
 * process gets a description of the holder; `describe` is called each time, so a URL can be added later. The lock works
 * within one network namespace: two containers on one volume do not see each other's lock.
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

/** The name contains the device and the inode and not the path, so that bind mounts and symbolic links lead to the same lock. */
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
    // A reader that never closes its connection must not delay `release`.
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

/** `null` when the holder does not answer, because it is suspended or another program. `gone` when nothing listens. */
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
