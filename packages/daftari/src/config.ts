import { join } from 'node:path'
import { z } from 'zod'
import { isSamePlace, type StoragePlace, storagePlace } from './files/storage-place.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const PORT = 'must be a whole number from 0 to 65535'

const DATABASE_URL = 'must be postgres://user:password@host:port/name'
const STORAGE_URL = 'must be file:/folder or s3://key:secret@host:port/bucket?tls=0&region=…'
const SAME_PLACE = 'must be another place than STORAGE_URL'
const NAMED = 'on or off'
const ALONE = 'works only together with DATABASE_URL, which is not set'

/** 32 bytes in hexadecimal. */
export const MASTER_KEY: RegExp = /^[0-9a-f]{64}$/i

/** With a socket, the host is empty and the parameter `host` names the folder: `postgres://user@/name?host=/run/postgresql`. */
function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text.replace('@/', '@localhost/'))
}

const databaseUrl = z.string().refine(isDatabaseUrl, { error: DATABASE_URL })

const storageUrl = z.string().transform((text, { addIssue }) => {
  const place = storagePlace(text)
  if (place !== null) return place
  addIssue(STORAGE_URL)
  return z.NEVER
})

const flag = z.enum(['0', '1', 'false', 'true'], { error: 'one of 0, 1, false, true' })

function count(most: number): z.ZodType<number, string> {
  const error = `a whole number from 1 to ${most}`
  return z
    .string()
    .regex(/^[1-9]\d{0,8}$/, { error })
    .transform(Number)
    .refine((value) => value <= most, { error })
}

const environment = z.object({
  DAFTARI_DATA_DIR: z.string().default('.daftari'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: PORT })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: PORT })
    .default(3000),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_SYSTEM_URL: databaseUrl.optional(),
  DATABASE_READ_URL: databaseUrl.optional(),
  DATABASE_NAMED_STATEMENTS: z.enum(['on', 'off'], { error: NAMED }).default('on'),
  DAFTARI_MASTER_KEY: z
    .string()
    .regex(MASTER_KEY, { error: 'must be 32 bytes in hexadecimal' })
    .transform((hex) => Buffer.from(hex, 'hex'))
    .optional(),
  OUTBOX_AUTO_PROCESS: flag.default('1'),
  OUTBOX_BATCH_SIZE: count(1000).default(100),
  OUTBOX_INTERVAL_SECONDS: count(3600).default(30),
  OUTBOX_MAX_RETRY_ATTEMPTS: count(100).optional(),
  OUTBOX_RETRY_DELAY_SECONDS: count(86_400).optional(),
  WEBHOOK_TIMEOUT_SECONDS: count(120).default(15),
  STORAGE_URL: storageUrl.optional(),
  STORAGE_FALLBACK_URL: storageUrl.optional(),
  UPLOAD_MAX_BYTES: count(999_999_999).default(10 * 1024 * 1024),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` }).default('info'),
})

/** The names of all variables that are read. */
export const variables: readonly string[] = Object.keys(environment.shape)

/** The configuration of the delivery of events. */
export interface OutboxConfig {
  /** Whether the service delivers events itself. */
  readonly isAutomatic: boolean
  readonly batchSize: number
  readonly intervalSeconds: number
  /** When both values are `null`, the schedule of Standard Webhooks applies. */
  readonly maxRetryAttempts: number | null
  readonly retryDelaySeconds: number | null
  readonly timeoutSeconds: number
}

/** The configuration of the service. */
export interface Config {
  /** The folder of everything that must survive a restart. */
  readonly dataDir: string
  readonly host: string
  /** 0 chooses any free port. */
  readonly port: number
  /** The address of the database; `null` for an embedded server under the data directory. */
  readonly databaseUrl: string | null
  /** The address for the login that owns the schema. Migrations use it. */
  readonly databaseSystemUrl: string | null
  /** The address from which lists and sums are read; `null` for the address of writes. */
  readonly databaseReadUrl: string | null
  /** `false` behind a pooler that does not support prepared statements. */
  readonly namedStatements: boolean
  /** 32 bytes that encrypt secrets and sign cursors; `null` for a key that is generated once under the data directory. */
  readonly masterKey: Uint8Array | null
  readonly outbox: OutboxConfig
  /** The place where the bytes of files are stored. */
  readonly storage: StoragePlace
  /** The place where files are stored while the first place does not accept any; `null` for no second place. */
  readonly storageFallback: StoragePlace | null
  /** The largest size of a file. */
  readonly uploadMaxBytes: number
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/** An error that lists every invalid variable on its own line. */
export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(['The configuration is not valid:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
    this.faults = faults
    Object.defineProperty(this, 'name', { value: 'ConfigError' })
  }
}

/** Reads the configuration from environment variables. An empty variable counts as absent. @throws ConfigError */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  const faults = (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
  for (const name of ['DATABASE_SYSTEM_URL', 'DATABASE_READ_URL']) {
    if (name in given && !('DATABASE_URL' in given)) faults.push(`${name}: ${ALONE}`)
  }
  if (!result.success) throw new ConfigError(faults)
  const { data } = result
  const storage = data.STORAGE_URL ?? {
    kind: 'folder',
    folder: join(data.DAFTARI_DATA_DIR, 'files'),
  }
  const storageFallback = data.STORAGE_FALLBACK_URL ?? null
  if (storageFallback !== null && isSamePlace(storage, storageFallback)) {
    faults.push(`STORAGE_FALLBACK_URL: ${SAME_PLACE}`)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  const databaseUrl = data.DATABASE_URL ?? null
  return {
    dataDir: data.DAFTARI_DATA_DIR,
    host: data.HOST,
    port: data.PORT,
    databaseUrl,
    databaseSystemUrl: data.DATABASE_SYSTEM_URL ?? databaseUrl,
    databaseReadUrl: data.DATABASE_READ_URL ?? null,
    namedStatements: data.DATABASE_NAMED_STATEMENTS === 'on',
    masterKey: data.DAFTARI_MASTER_KEY ?? null,
    outbox: {
      isAutomatic: data.OUTBOX_AUTO_PROCESS === '1' || data.OUTBOX_AUTO_PROCESS === 'true',
      batchSize: data.OUTBOX_BATCH_SIZE,
      intervalSeconds: data.OUTBOX_INTERVAL_SECONDS,
      maxRetryAttempts: data.OUTBOX_MAX_RETRY_ATTEMPTS ?? null,
      retryDelaySeconds: data.OUTBOX_RETRY_DELAY_SECONDS ?? null,
      timeoutSeconds: data.WEBHOOK_TIMEOUT_SECONDS,
    },
    storage,
    storageFallback,
    uploadMaxBytes: data.UPLOAD_MAX_BYTES,
    logLevel: data.LOG_LEVEL,
  }
}
