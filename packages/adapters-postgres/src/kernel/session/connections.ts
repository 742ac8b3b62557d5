import { type Instant, instant } from '@daftari/domain'
import pg from 'pg'
import { connectionError } from './postgres-errors.ts'

const DATE = 1082
const INT8 = 20
const TIMESTAMPTZ = 1184

/** The parsers of column types: dates stay text, integers and sums stay exact, times become epoch milliseconds. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === DATE) return (text: string) => text
    if (oid === INT8) return BigInt
    if (oid === TIMESTAMPTZ) return (text: string): Instant => instant(Date.parse(rfc3339(text)))
    return pg.types.getTypeParser(oid, format)
  },
}

/** Converts the form of PostgreSQL, `2026-11-21 09:00:00.123+00`, to RFC 3339. */
function rfc3339(text: string): string {
  return `${text.replace(' ', 'T')}${/[+-]\d\d$/.test(text) ? ':00' : ''}`
}

export interface ConnectionOptions {
  readonly connectionString: string
  /** The largest number of connections (8). */
  readonly maxConnections?: number
  /** How long to wait for a connection, in milliseconds (2,000). */
  readonly connectTimeoutMs?: number
  readonly log?: (message: string) => void
}

const gone = new WeakSet<pg.ClientBase>()

/** Whether the connection was lost, so that a query on it would not even be sent. */
export function isGone(client: pg.ClientBase): boolean {
  return gone.has(client)
}

/** Opens a pool that survives the loss of any of its connections, including one in use. */
export function openPool(options: ConnectionOptions): pg.Pool {
  const { connectionString, maxConnections = 8, connectTimeoutMs = 2000 } = options
  const log = options.log ?? (() => {})
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    pipeline: true,
    keepAlive: true,
    types,
  })
  pool.on('error', (error) => log(`an idle database connection was lost: ${error.message}`))
  // The pool removes its own error listener while a client is in use. Without a listener, a lost connection would end
  // the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => {
      gone.add(client)
      log(`a database connection was lost: ${error.message}`)
    })
  })
  return pool
}

/** @throws overloaded, unavailable */
export async function acquire(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw connectionError(error)
  }
}
