import { randomBytes } from 'node:crypto'
import {
  findRunningPostgres,
  isEmbeddedPostgresError,
  startEmbeddedPostgres,
} from '@daftari/embedded-postgres'
import { type Config, MASTER_KEY } from '../config.ts'
import { secretOnce } from './secret-file.ts'

/** The server that keeps the books, ready for connections. */
export interface OpenDatabase {
  readonly connectionString: string
  /** As the owner of the schema. */
  readonly systemConnectionString: string
  readonly masterKey: Uint8Array
  /** Where a server of our own keeps the books. */
  readonly place: string | null
  /** What a person should know of where the data are. */
  readonly notice: string | null
  /** Told when a server of our own ended without being asked to. */
  readonly onLoss: (listener: (output: readonly string[]) => void) => void
  close(): Promise<void>
}

interface OpenOptions {
  readonly log?: (line: string) => void
  /** What another starter on the same data directory is told. */
  readonly describe?: () => { readonly url?: string }
}

/** The configured server, or one of our own. @throws data_dir_in_use and the other codes of embedded-postgres */
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

/** As `openDatabase`; where a service runs on the data directory, its server is used and left running. */
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

/** A server that somebody else runs. */
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
  // Cut short or emptied, it would still be taken for a key, and a guessable one.
  if (!MASTER_KEY.test(hex)) throw new Error(`${dataDir}/master-key is damaged: it holds no master key`)
  return Buffer.from(hex, 'hex')
}
