import { randomBytes } from 'node:crypto'
import {
  findRunningPostgres,
  isEmbeddedPostgresError,
  startEmbeddedPostgres,
} from '@daftari/embedded-postgres'
import { type Config, MASTER_KEY } from '../config.ts'
import { secretOnce } from './secret-file.ts'

/** An open database server that accepts connections. */
export interface OpenDatabase {
  readonly connectionString: string
  /** The connection string of the login that owns the schema. */
  readonly systemConnectionString: string
  readonly masterKey: Uint8Array
  /** The folder of the embedded server; `null` for an external server. */
  readonly place: string | null
  /** A message for people about the place of the data. */
  readonly notice: string | null
  /** Calls the listener when the embedded server stopped unexpectedly. */
  readonly onLoss: (listener: (output: readonly string[]) => void) => void
  close(): Promise<void>
}

interface OpenOptions {
  readonly log?: (line: string) => void
  /** What a second process on the same data directory reports about this one. */
  readonly describe?: () => { readonly url?: string }
}

/** Opens the configured server, or starts the embedded one. @throws data_dir_in_use and the other codes of embedded-postgres */
export async function openDatabase(config: Config, options: OpenOptions = {}): Promise<OpenDatabase> {
  const { databaseUrl, databaseSystemUrl } = config
  if (databaseUrl !== null) return reached(databaseUrl, databaseSystemUrl ?? databaseUrl, config)
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, ...options })
  return {
    connectionString: server.connectionString,
    systemConnectionString: server.connectionString,
    masterKey: await masterKeyOf(config),
    place: server.dataDir,
    notice: server.notice,
    onLoss(listener) {
      void server.exited.then(({ wasAsked, output }) => {
        if (!wasAsked) listener(output)
      })
    },
    close: () => server.stop(),
  }
}

/** Like `openDatabase`. When a service already runs on the data directory, its server is used and not stopped. */
export async function joinDatabase(config: Config): Promise<OpenDatabase> {
  try {
    return await openDatabase(config)
  } catch (error) {
    if (!isEmbeddedPostgresError(error) || error.code !== 'data_dir_in_use') throw error
    const running = await findRunningPostgres(config)
    if (running === null) throw error
    return reached(running, running, config)
  }
}

/** Connects to an external server. */
async function reached(
  connectionString: string,
  systemConnectionString: string,
  config: Config,
): Promise<OpenDatabase> {
  return {
    connectionString,
    systemConnectionString,
    masterKey: await masterKeyOf(config),
    place: null,
    notice: null,
    onLoss: () => {},
    close: async () => {},
  }
}

async function masterKeyOf({ masterKey, dataDir }: Config): Promise<Uint8Array> {
  if (masterKey !== null) return masterKey
  const hex = await secretOnce(dataDir, 'master-key', () => randomBytes(32).toString('hex'))
  // A truncated or empty file must be refused, because it would give a short key that can be guessed.
  if (!MASTER_KEY.test(hex))
    throw new Error(
      `${dataDir}/master-key is damaged: it does not contain 32 bytes in hexadecimal. Restore it from a backup`,
    )
  return Buffer.from(hex, 'hex')
}
