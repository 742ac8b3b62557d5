import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { findDataPlace } from './data-dir/find-data-place.ts'
import { HOST } from './server/start-server.ts'

interface RunningOptions {
  /** The same value that the process that runs the server was given. */
  readonly dataDir: string
  readonly fallbackRoot?: string
}

/** The fourth line of PostgreSQL's pid file. */
const PORT_LINE = 3

/**
 * Finds the server that another process runs on a data directory, and returns its connection string for the superuser,
 * or `null` when no server has written its port. The caller must be able to read the password file, and must not use
 * the server after its process ends.
 */
export async function findRunningPostgres({
  dataDir,
  fallbackRoot = '/var/lib/daftari',
}: RunningOptions): Promise<string | null> {
  const place = await findDataPlace(await realpath(dataDir), fallbackRoot)
  try {
    const password = (await readFile(join(place.dataDir, 'pg.password'), 'utf8')).trim()
    const pidFile = await readFile(join(place.dataDir, 'pg', 'postmaster.pid'), 'utf8')
    const port = Number(pidFile.split('\n')[PORT_LINE])
    return Number.isInteger(port) && port > 0
      ? `postgresql://postgres:${password}@${HOST}:${port}/postgres`
      : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
