import type { Pool, PoolClient, QueryResult } from 'pg'
import { acquire } from './connections.ts'
import { databaseError, isConnectionLoss } from './postgres-errors.ts'
import { BatchFailure, runBatch } from './run-batch.ts'
import type { Statement } from './statement.ts'

const BEGIN: Statement = { text: 'begin', values: [] }
/** Starts a transaction for reads, in which all statements see the same snapshot. */
const BEGIN_VIEW: Statement = { text: 'begin isolation level repeatable read read only', values: [] }
export const COMMIT: Statement = { text: 'commit', values: [] }
export const ROLLBACK: Statement = { text: 'rollback', values: [] }

const ENTER = `select set_config('app.owner_id', $1, true), set_config('lock_timeout', $2, true),
  set_config('statement_timeout', $3, true), set_config('idle_in_transaction_session_timeout', $4, true),
  set_config('datestyle', 'ISO, YMD', true)`
/** How much longer than one statement a whole batch may take, before its connection is closed. */
const MARGIN_MS = 5000

export interface DatabaseOptions {
  readonly pool: Pool
  /** Whether prepared statements are named. A pooler may not support that. */
  readonly isNamed: boolean
  /** Whether every transaction must first set the restricted role. It is determined once, before the first transaction. */
  readonly needsRole: () => Promise<boolean>
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly idleTimeoutMs: number
}

/** Runs transactions on the database, each of which begins by setting the owner and the limits. */
export class Database {
  readonly #options: DatabaseOptions

  constructor(options: DatabaseOptions) {
    this.#options = options
  }

  /** Checks row level security, unless that was done before. @throws WallNotProven, unavailable */
  async ready(): Promise<void> {
    await this.#options.needsRole()
  }

  close(): Promise<void> {
    return this.#options.pool.end()
  }

  /**
   * The statements that open a transaction for an owner. The owner is set by a separate statement before the first one
   * that needs it, never inside that one.
   */
  async enter(ownerId: string, begin: Statement = BEGIN): Promise<readonly Statement[]> {
    const { needsRole, lockTimeoutMs, statementTimeoutMs, idleTimeoutMs } = this.#options
    const timeouts = [lockTimeoutMs, statementTimeoutMs, idleTimeoutMs].map((durationMs) => `${durationMs}`)
    const setting = { text: ENTER, values: [ownerId, ...timeouts] }
    const restricted = { text: `${begin.text}; set local role daftari_app`, values: [] }
    return [(await needsRole()) ? restricted : begin, setting]
  }

  acquire(): Promise<PoolClient> {
    return acquire(this.#options.pool)
  }

  run(client: PoolClient, statements: readonly Statement[]): Promise<readonly QueryResult[]> {
    const { isNamed, statementTimeoutMs } = this.#options
    return runBatch(client, statements, { isNamed, patienceMs: statementTimeoutMs + MARGIN_MS })
  }

  /** Runs reads in one transaction and one round trip, with one snapshot. */
  read(ownerId: string, statements: readonly Statement[]): Promise<readonly QueryResult[]> {
    return this.#runAll(ownerId, BEGIN_VIEW, statements)
  }

  /** Runs writes that belong to no unit of work. */
  write(ownerId: string, statements: readonly Statement[]): Promise<readonly QueryResult[]> {
    return this.#runAll(ownerId, BEGIN, statements)
  }

  async #runAll(
    ownerId: string,
    begin: Statement,
    statements: readonly Statement[],
  ): Promise<readonly QueryResult[]> {
    const enter = await this.enter(ownerId, begin)
    const client = await this.acquire()
    let lost: Error | undefined
    try {
      const results = await this.run(client, [...enter, ...statements, COMMIT])
      return results.slice(enter.length, -1)
    } catch (failure) {
      const cause = failure instanceof BatchFailure ? failure.cause : failure
      const error = databaseError(cause)
      if (isConnectionLoss(cause)) lost = error
      throw error
    } finally {
      client.release(lost)
    }
  }

  /** Rolls back. If that fails too, the connection is closed and not used again. */
  async abandon(client: PoolClient, connection: 'open' | 'ended' | 'lost'): Promise<void> {
    if (connection !== 'open') return client.release(connection === 'lost')
    try {
      await this.run(client, [ROLLBACK])
      client.release()
    } catch {
      client.release(true)
    }
  }
}
