import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDataDir } from './data-dir/create-data-dir.ts'
import { type DataPlace, findDataPlace } from './data-dir/find-data-place.ts'
import { lockDataDir } from './data-dir/lock-data-dir.ts'
import { findOwner } from './data-dir/server-user.ts'
import { superuserPassword } from './data-dir/superuser-password.ts'
import { embeddedPostgresError } from './embedded-postgres-error.ts'
import { clearRemains } from './server/clear-remains.ts'
import { createDatabase } from './server/create-database.ts'
import { preparePostgresBinaries } from './server/postgres-binaries.ts'
import { HOST, type RunningServer, type ServerExit, startServer } from './server/start-server.ts'

export interface EmbeddedPostgresOptions {
  /** The data directory, which is created when missing. The database is in its folder `pg`; it may contain other files. */
  readonly dataDir: string
  /** Whether commits survive a power failure. `false` is faster and meant for tests: commits then survive only a crash of processes. */
  readonly durable?: boolean
  /** Called with every line of output of PostgreSQL and the launcher. */
  readonly log?: (line: string) => void
  /** Settings of PostgreSQL (`max_connections`, …). Settings that the launcher depends on cannot be changed. */
  readonly settings?: Readonly<Record<string, string>>
  /** Called when a second process finds the directory in use. The result is shown to it together with the pid. */
  readonly describe?: () => { readonly url?: string }
  /** The folder of the data when root starts the server and the user of the server cannot access `dataDir`. */
  readonly fallbackRoot?: string
  /** A folder to remove when this process ends without `stop()`. */
  readonly discard?: string
}

export interface EmbeddedPostgres {
  /** The connection string of the superuser `postgres`, with its password. */
  readonly connectionString: string
  readonly host: string
  readonly port: number
  readonly pid: number
  /** The real path of the data. It differs from the requested one when `notice` says so. */
  readonly dataDir: string
  readonly notice: string | null
  /** Resolves when the server has ended, by `stop()` or unexpectedly. */
  readonly exited: Promise<ServerExit>
  /** Ends all connections and the server, and releases the directory. It may be called twice. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on a data directory and waits until it accepts connections. When this process ends in any way, the
 * server ends within about a second.
 * @throws data_dir_in_use and the other codes of `EmbeddedPostgresErrorCode`
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { describe, fallbackRoot = '/var/lib/daftari' } = options
  const asked = await createDataDir(options.dataDir)
  const locks = [await lockDataDir(asked, describe)]
  async function release(): Promise<void> {
    for (const lock of locks.splice(0)) await lock.release()
  }
  try {
    const place = await findDataPlace(asked, fallbackRoot)
    if (place.notice !== null) options.log?.(place.notice)
    // The caller may pass the other place itself as `dataDir`.
    if (place.dataDir !== asked) locks.push(await lockDataDir(place.dataDir, describe))
    const { server, password } = await startIn(place, options)
    return embeddedPostgres(server, place, password, release)
  } catch (error) {
    await release()
    throw error
  }
}

interface Started {
  readonly server: RunningServer
  readonly password: string
}

async function startIn({ dataDir, user }: DataPlace, options: EmbeddedPostgresOptions): Promise<Started> {
  const { durable = true, settings = {}, log = () => {}, discard } = options
  const { initdb, postgres, major } = await preparePostgresBinaries(user, dataDir)
  const pgDir = join(dataDir, 'pg')
  const hasDatabase = (await findOwner(pgDir)) !== null
  if (hasDatabase) await refuseOtherVersion(pgDir, major)
  const { file: passwordFile, password } = await superuserPassword(dataDir, user, hasDatabase)
  if (hasDatabase) {
    await clearRemains(pgDir, user, log)
  } else {
    await createDatabase({ initdb, dataDir, user, passwordFile, durable, discard, log })
  }
  return { server: await startServer({ postgres, pgDir, user, durable, settings, discard, log }), password }
}

async function refuseOtherVersion(pgDir: string, major: string): Promise<void> {
  const found = await readFile(join(pgDir, 'PG_VERSION'), 'utf8').catch((cause: unknown) => {
    throw embeddedPostgresError('not_a_database', `${pgDir} is not a PostgreSQL database.`, { cause })
  })
  if (found.trim() === major) return
  const message = `The database in ${pgDir} was made by PostgreSQL ${found.trim()}; this is ${major}. Dump it with the old version and load it into a new directory.`
  throw embeddedPostgresError('wrong_version', message)
}

function embeddedPostgres(
  { pid, port, exited, stop }: RunningServer,
  { dataDir, notice }: DataPlace,
  password: string,
  release: () => Promise<void>,
): EmbeddedPostgres {
  let stopped: Promise<void> | null = null
  return {
    connectionString: `postgresql://postgres:${password}@${HOST}:${port}/postgres`,
    host: HOST,
    port,
    pid,
    dataDir,
    notice,
    exited,
    stop() {
      stopped ??= stop().then(release)
      return stopped
    },
  }
}
