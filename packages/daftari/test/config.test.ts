import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../src/index.ts'

const DATABASE_URL = 'postgres://app:secret@db:5432/books'
const DATABASE_SYSTEM_URL = 'postgresql://owner:secret@db:5432/books'
const DATABASE_READ_URL = 'postgres://app:secret@replica:5432/books'

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

test('nothing set gives a service for this machine alone, with a database of its own', () => {
  expect(loadConfig({})).toEqual({
    dataDir: '.daftari',
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: null,
    databaseSystemUrl: null,
    databaseReadUrl: null,
    namedStatements: true,
    masterKey: null,
    outbox: {
      isAutomatic: true,
      batchSize: 100,
      intervalSeconds: 30,
      maxRetryAttempts: null,
      retryDelaySeconds: null,
      timeoutSeconds: 15,
    },
    storage: { kind: 'folder', folder: '.daftari/files' },
    storageFallback: null,
    uploadMaxBytes: 10_485_760,
    logLevel: 'info',
  })
})

test('every variable is read, and others are left alone', () => {
  const env = {
    DAFTARI_DATA_DIR: '/data',
    HOST: '::',
    PORT: '0',
    DATABASE_URL,
    DATABASE_SYSTEM_URL,
    DATABASE_READ_URL,
    DATABASE_NAMED_STATEMENTS: 'off',
    DAFTARI_MASTER_KEY: 'aB'.repeat(32),
    LOG_LEVEL: 'debug',
    OUTBOX_AUTO_PROCESS: 'false',
    OUTBOX_BATCH_SIZE: '50',
    OUTBOX_INTERVAL_SECONDS: '5',
    OUTBOX_MAX_RETRY_ATTEMPTS: '3',
    OUTBOX_RETRY_DELAY_SECONDS: '60',
    WEBHOOK_TIMEOUT_SECONDS: '30',
    STORAGE_URL: 'file:/files',
    STORAGE_FALLBACK_URL: 'file:/more-files',
    UPLOAD_MAX_BYTES: '1024',
    PATH: '/bin',
  }
  expect(loadConfig(env)).toEqual({
    dataDir: '/data',
    host: '::',
    port: 0,
    databaseUrl: DATABASE_URL,
    databaseSystemUrl: DATABASE_SYSTEM_URL,
    databaseReadUrl: DATABASE_READ_URL,
    namedStatements: false,
    masterKey: Buffer.alloc(32, 0xab),
    outbox: {
      isAutomatic: false,
      batchSize: 50,
      intervalSeconds: 5,
      maxRetryAttempts: 3,
      retryDelaySeconds: 60,
      timeoutSeconds: 30,
    },
    storage: { kind: 'folder', folder: '/files' },
    storageFallback: { kind: 'folder', folder: '/more-files' },
    uploadMaxBytes: 1024,
    logLevel: 'debug',
  })
})

test('the schema belongs to who serves, unless somebody else is named', () => {
  expect(loadConfig({ DATABASE_URL }).databaseSystemUrl).toBe(DATABASE_URL)
})

test('a variable that is empty is as good as absent', () => {
  const names = [
    ...['PORT', 'HOST', 'DAFTARI_MASTER_KEY', 'LOG_LEVEL'],
    ...['DATABASE_URL', 'DATABASE_SYSTEM_URL', 'DATABASE_READ_URL', 'DATABASE_NAMED_STATEMENTS'],
  ]
  expect(loadConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(loadConfig({}))
})

test('all faults are told at once', () => {
  const env = {
    PORT: '65536',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://x',
    DATABASE_NAMED_STATEMENTS: 'yes',
    DAFTARI_MASTER_KEY: 'short',
  }
  expect(faultsOf(env)).toEqual([
    'PORT: must be a whole number from 0 to 65535',
    'DATABASE_URL: must be postgres://user:password@host:port/name',
    'DATABASE_NAMED_STATEMENTS: on or off',
    'DAFTARI_MASTER_KEY: must be 32 bytes in hexadecimal',
    expect.stringMatching(/^LOG_LEVEL: one of fatal, error/),
  ])
})

test('the owner of the schema, or a replica, of no database is a fault, told with the others', () => {
  expect(faultsOf({ DATABASE_SYSTEM_URL, DATABASE_READ_URL, PORT: 'x' })).toEqual([
    expect.stringMatching(/^PORT/),
    'DATABASE_SYSTEM_URL: works only together with DATABASE_URL, which is not set',
    'DATABASE_READ_URL: works only together with DATABASE_URL, which is not set',
  ])
})

test.each(['-1', '1e3', '0x10', ' 80', '80.5', 'http', '99999'])('the port is not %j', (PORT) => {
  expect(faultsOf({ PORT })).toHaveLength(1)
})

test('the highest port is one', () => {
  expect(loadConfig({ PORT: '65535' }).port).toBe(65_535)
})

describe('a database', () => {
  test.each(['postgres://app@/books?host=/run/postgresql', 'postgres://app:pass%40word@[::1]:5432/books'])(
    'may be %s',
    (url) => {
      expect(loadConfig({ DATABASE_URL: url }).databaseUrl).toBe(url)
    },
  )

  test.each(['books', 'https://db/books', 'postgres://app:pa#ss@db/books', 'postgres://app@db:port/books'])(
    'is not %s, and its fault does not repeat it',
    (url) => {
      expect(faultsOf({ DATABASE_URL: url })).toEqual([expect.not.stringContaining(url)])
    },
  )
})

test.each(['0'.repeat(63), '0'.repeat(65), 'g'.repeat(64)])(
  'a master key is not %j',
  (DAFTARI_MASTER_KEY) => {
    const faults = faultsOf({ DAFTARI_MASTER_KEY })
    expect(faults).toHaveLength(1)
    expect(faults[0]).not.toContain(DAFTARI_MASTER_KEY)
  },
)
