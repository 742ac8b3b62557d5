import { createHmac } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type Clock, type FileStore, inProcessSenders, noFileStore, type Ports } from '@daftari/application'
import {
  aesGcmSecrets,
  hmacCursorSigner,
  nodeHashing,
  risingIds,
  systemClock,
  systemRandom,
  systemTimer,
} from '@daftari/machine'
import { postgresKeyUses } from './access/postgres-access.ts'
import { queriesOf } from './contexts.ts'
import { postgresDeliveryQueries } from './delivery/postgres-delivery-queries.ts'
import { postgresDispatchStore } from './delivery/postgres-dispatch-store.ts'
import { postgresWakeUps } from './delivery/postgres-wake-ups.ts'
import { postgresFileUpkeep } from './files/postgres-file-upkeep.ts'
import { forgetAnswers } from './kernel/idempotency/forget-answers.ts'
import { postgresOwners } from './kernel/owner/postgres-owners.ts'
import { openPool } from './kernel/session/connections.ts'
import { Database } from './kernel/session/database.ts'
import { SystemConnections } from './kernel/session/system-connections.ts'
import { postgresUnitOfWork } from './kernel/unit-of-work/postgres-unit-of-work.ts'
import { proveWall } from './kernel/wall/prove-wall.ts'

/** One connection each to claim, to settle, to listen and to notify. */
const SYSTEM_CONNECTIONS = 4

const MAY_DISPATCH = `select bool_and(has_function_privilege(oid, 'execute')) as may from pg_proc
  where pronamespace = 'daftari'::regnamespace and proname = 'lease_shards'`

export interface PostgresOptions {
  readonly connectionString: string
  /**
   * The server for lists and views of categories, expenses and invoices: a replica, or the same server on separate
   * connections. A replica shows a change a moment after it was acknowledged. Everything else is read from the server
   * of writes.
   */
  readonly readConnectionString?: string
  /** The login that owns the schema. The dispatcher needs it, because it serves all owners. By default `connectionString`. */
  readonly systemConnectionString?: string
  /** The largest number of connections (8), and the same number again for reads. */
  readonly maxConnections?: number
  /** How long to wait for a connection before `overloaded`, in milliseconds (2,000). */
  readonly connectTimeoutMs?: number
  /** How long one statement may run, in milliseconds (15,000). */
  readonly statementTimeoutMs?: number
  /** How long to wait for a row lock of another transaction, in milliseconds (2,000). */
  readonly lockTimeoutMs?: number
  /** How long a transaction may be idle before the server ends it, in milliseconds (10,000). */
  readonly idleTimeoutMs?: number
  /** Set to `false` behind a pooler that does not support prepared statements, such as PgBouncer before 1.21. */
  readonly namedStatements?: boolean
  /** The key that signs cursors and encrypts secrets. It must be the same in every process. By default it is derived from the connection string. */
  readonly masterKey?: Uint8Array
  /** The store for the bytes of files. Without it, files can be neither stored nor read. */
  readonly files?: FileStore
  /** The single stores, when `files` combines several. */
  readonly fileStores?: readonly FileStore[]
  readonly clock?: Clock
  readonly log?: (message: string) => void
}

export interface PostgresAdapters extends Ports {
  /**
   * Checks, before anything is served, that no owner can see rows of another. @throws WallNotProven; MigrationRefused,
   * when the schema is another one, or when the books were restored from a dump and not migrated since; unavailable
   */
  ready(): Promise<void>
  /** Whether the database answers. @throws unavailable, overloaded */
  ping(): Promise<void>
  /** Whether the system login can deliver events. Only the owner of the schema can. @throws unavailable, overloaded */
  mayDispatch(): Promise<boolean>
  /** Deletes the stored answers under idempotency keys that are older than 72 hours, and returns their number. */
  forgetAnswers(): Promise<number>
  close(): Promise<void>
}

/** Adapters that store the books in PostgreSQL. The schema must exist: see `migrateUp`. */
export function createPostgresAdapters(options: PostgresOptions): PostgresAdapters {
  const { connectionString, clock = systemClock, masterKey = Buffer.from(connectionString) } = options
  const database = opened(connectionString, options)
  const { readConnectionString } = options
  const views = readConnectionString === undefined ? database : opened(readConnectionString, options, false)
  const both = new Set([database, views])
  const systemPool = openPool({
    ...options,
    connectionString: options.systemConnectionString ?? connectionString,
    maxConnections: SYSTEM_CONNECTIONS,
  })
  const system = new SystemConnections(systemPool, options.namedStatements ?? true)
  const wakeUps = postgresWakeUps(systemPool)
  const { files = noFileStore } = options
  const ids = risingIds(clock)
  const pause = (durationMs: number): Promise<void> => setTimeout(durationMs)
  return {
    unitOfWork: postgresUnitOfWork({ database, clock, ids, pause, afterCommit: wakeUps.wake }),
    delivery: postgresDeliveryQueries(database),
    dispatch: postgresDispatchStore(system, clock),
    senders: inProcessSenders(),
    wakeUps,
    timer: systemTimer,
    queries: queriesOf({ database, views }, clock),
    owners: postgresOwners(database),
    keyUses: postgresKeyUses(database),
    files,
    fileStores: options.fileStores ?? [files],
    fileUpkeep: postgresFileUpkeep(system),
    clock,
    ids,
    random: systemRandom,
    hashing: nodeHashing,
    cursors: hmacCursorSigner(keyFor('cursors', masterKey)),
    secrets: aesGcmSecrets(keyFor('secrets', masterKey)),
    ready: async () => {
      for (const one of both) await one.ready()
    },
    ping: async () => {
      for (const one of both) await one.read('', [{ text: 'select 1', values: [] }])
    },
    mayDispatch: async () => (await system.query(MAY_DISPATCH, []))[0]?.may === true,
    forgetAnswers: () => forgetAnswers(database),
    async close() {
      wakeUps.close()
      await Promise.all([...[...both].map((one) => one.close()), systemPool.end()])
    },
  }
}

function opened(connectionString: string, options: PostgresOptions, isWritten = true): Database {
  const pool = openPool({ ...options, connectionString })
  return new Database({
    pool,
    needsRole: once(() => proveWall(pool, isWritten)),
    isNamed: options.namedStatements ?? true,
    lockTimeoutMs: options.lockTimeoutMs ?? 2000,
    statementTimeoutMs: options.statementTimeoutMs ?? 15_000,
    idleTimeoutMs: options.idleTimeoutMs ?? 10_000,
  })
}

/** Derives a key for one purpose. It gives no information about the keys for other purposes. */
function keyFor(purpose: string, masterKey: Uint8Array): Uint8Array {
  return createHmac('sha256', masterKey).update(purpose).digest()
}

/** Calls `ask` until it succeeds once, and then returns that answer. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | null = null
  return () => {
    answer ??= ask().catch((error) => {
      answer = null
      throw error
    })
    return answer
  }
}
