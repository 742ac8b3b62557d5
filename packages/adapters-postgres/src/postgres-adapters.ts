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

/** To claim, to settle, to listen and to notify. */
const SYSTEM_CONNECTIONS = 4

const MAY_DISPATCH = `select bool_and(has_function_privilege(oid, 'execute')) as may from pg_proc
  where pronamespace = 'daftari'::regnamespace and proname = 'lease_shards'`

export interface PostgresOptions {
  readonly connectionString: string
  /**
   * Where categories, expenses and invoices are looked at, on connections of their own: a replica, or the same server.
   * A replica shows a change a moment after it was acknowledged. Everything else is read where it is written.
   */
  readonly readConnectionString?: string
  /** As the owner of the schema, for the dispatcher, which serves all owners; by default the same. */
  readonly systemConnectionString?: string
  /** How many connections at most, for reads as many again (8). */
  readonly maxConnections?: number
  /** How long to wait for a connection before `overloaded` (2,000). */
  readonly connectTimeoutMs?: number
  /** How long one statement may run (15,000). */
  readonly statementTimeoutMs?: number
  /** How long to wait for another transaction's row (2,000). */
  readonly lockTimeoutMs?: number
  /** How long a transaction may do nothing before the server ends it (10,000). */
  readonly idleTimeoutMs?: number
  /** `false` behind a pooler that cannot keep prepared statements, such as PgBouncer before 1.21. */
  readonly namedStatements?: boolean
  /** Signs cursors and seals secrets; the same in every process. By default made from the connection string. */
  readonly masterKey?: Uint8Array
  /** Where the bytes of files lie. Without it, files can be neither stored nor read. */
  readonly files?: FileStore
  /** Each store by itself, where `files` puts several together. */
  readonly fileStores?: readonly FileStore[]
  readonly clock?: Clock
  readonly log?: (message: string) => void
}

export interface PostgresAdapters extends Ports {
  /**
   * Proves that no owner sees another's rows, before anything is served. @throws WallNotProven; MigrationRefused, on
   * another schema, and on books that were loaded and not migrated since; unavailable
   */
  ready(): Promise<void>
  /** Whether the database answers. @throws unavailable, overloaded */
  ping(): Promise<void>
  /** Whether the system login may deliver, which is for the owner of the schema alone. @throws unavailable, overloaded */
  mayDispatch(): Promise<boolean>
  /** Deletes answers of keyed requests whose 72 hours are over, and says how many. */
  forgetAnswers(): Promise<number>
  close(): Promise<void>
}

/** Books that are kept in PostgreSQL. The schema must be there: see `migrateUp`. */
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

/** Derives a key for one purpose. It reveals nothing about the keys for other purposes. */
function keyFor(purpose: string, masterKey: Uint8Array): Uint8Array {
  return createHmac('sha256', masterKey).update(purpose).digest()
}

/** Calls `ask` until it succeeds once, and then keeps the answer. */
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
