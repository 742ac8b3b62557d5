import type { EventRecord } from '@daftari/application'
import type { PoolClient, QueryResult } from 'pg'
import { type Compiled, compileBatch, type Staged } from './compile-batch.ts'
import { COMMIT, type Database, ROLLBACK } from './database.ts'
import type { IdempotencyEntry } from './journal.ts'
import { ConnectionGone, databaseError, isConnectionLoss, Rerun, serverError } from './postgres-errors.ts'
import { BatchFailure } from './run-batch.ts'
import type { Statement } from './statement.ts'
import { stagedWrite, type WriteKind } from './table-writes.ts'

/** A refusal by the database, with the rows of the statement that failed. */
export interface Refused {
  readonly compiled: Compiled | null
  readonly cause: unknown
  /** Whether the commit had been sent when the connection was lost, so that its outcome is unknown. */
  readonly isAmbiguous: boolean
  /** Runs a query after the refused writes were undone, on the connection that the session already holds. */
  readonly look: <Row>(statement: Statement) => Promise<readonly Row[]>
}

/** Translates a refusal of the database into an error of the domain. */
export type Translate = (refused: Refused) => Promise<Error>

interface Savepoint {
  readonly name: string
  readonly mark: Staged
  isSent: boolean
}

/** A failure of the transaction. It can only be rolled back to the savepoint at this depth; 0 means that the whole transaction must end. */
interface Failure {
  error: Error
  depth: number
  /** The state of the transaction on the connection: it is still open, it has ended, or the connection was lost. */
  connection: 'open' | 'ended' | 'lost'
}

/**
 * One transaction. It is always in one of these states:
 *
 * - waiting: no connection is held (`#client` is null). Writes are collected in `#staged`; nothing was sent.
 * - open: a connection is held and its transaction is open. Writes since the last batch are collected in `#staged`.
 * - failed: the database refused a statement (`#failure` is set). Every call throws that error until a savepoint at
 *   `#failure.depth` or further out is undone; then the session is open again. At depth 0 it stays failed.
 * - over: it was committed or aborted (`#isOver`). The connection was released, and every call throws.
 *
 * Staged writes are sent as one batch when something is read, a savepoint ends, or the transaction ends. Batches
 * requested at the same time are sent one after the other.
 */
export class PostgresSession {
  readonly #database: Database
  readonly #ownerId: string
  readonly #translate: Translate
  readonly #open: Savepoint[] = []
  #client: PoolClient | null = null
  #staged: Staged[] = []
  #savepointCount = 0
  #failure: Failure | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #isOver = false

  constructor(database: Database, ownerId: string, translate: Translate) {
    this.#database = database
    this.#ownerId = ownerId
    this.#translate = translate
  }

  /** The reason to run the whole work again, even when the work caught the error; otherwise `null`. */
  get rerun(): Rerun | null {
    return this.#failure?.error instanceof Rerun ? this.#failure.error : null
  }

  /** Whether a savepoint was or is used, so that a part of the transaction can be undone while the rest continues. */
  get hasSavepoints(): boolean {
    return this.#savepointCount > 0
  }

  stage<Row>(kind: WriteKind<Row>, row: Row): void {
    this.#refuseWhenOver()
    this.#staged.push(stagedWrite(kind, row))
  }

  append(record: EventRecord): void {
    this.#refuseWhenOver()
    this.#staged.push({ type: 'event', record })
  }

  /** Sends all staged writes and then the reads, and returns the results of the reads. */
  async read(...reads: readonly Statement[]): Promise<readonly QueryResult[]> {
    const results = await this.#flush(reads, null)
    return results.slice(results.length - reads.length)
  }

  /** Fails the whole transaction, so that the unit of work runs the work again. */
  rerunWith(error: Rerun): never {
    this.#failure = { error, depth: 0, connection: 'open' }
    throw error
  }

  async commit(entry: IdempotencyEntry | null): Promise<void> {
    await this.#turn
    const isUnused = this.#client === null && this.#staged.length === 0
    if (!isUnused || entry !== null || this.#failure !== null) await this.#flush([COMMIT], entry)
    this.#isOver = true
    this.#client?.release()
    this.#client = null
  }

  async abort(): Promise<void> {
    this.#isOver = true
    await this.#turn
    const client = this.#client
    this.#client = null
    if (client !== null) await this.#database.abandon(client, this.#failure?.connection ?? 'open')
  }

  /** Runs `work` in a savepoint and undoes its writes when it throws. The writes are sent before it ends, so that a refusal rejects here. */
  async savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#refuseWhenOver()
    this.#refuseWhenFailed()
    this.#savepointCount += 1
    const name = `nested_${this.#savepointCount}`
    const mark: Staged = { type: 'mark', text: `savepoint ${name}` }
    this.#staged.push(mark)
    this.#open.push({ name, mark, isSent: false })
    const depth = this.#open.length
    try {
      const result = await work()
      this.#staged.push({ type: 'mark', text: `release savepoint ${name}` })
      await this.#flush([], null)
      this.#open.length = depth - 1
      return result
    } catch (thrown) {
      await this.#turn
      this.#undo(depth)
      throw thrown
    }
  }

  /** Rolls back to the savepoint at this depth, if the savepoint was already sent. */
  #undo(depth: number): void {
    const savepoint = this.#open[depth - 1]
    this.#open.length = depth - 1
    if (savepoint === undefined || (this.#failure !== null && this.#failure.depth < depth)) return
    if (!savepoint.isSent) {
      this.#staged.length = this.#staged.indexOf(savepoint.mark)
      return
    }
    this.#failure = null
    this.#staged = [
      { type: 'mark', text: `rollback to savepoint ${savepoint.name}` },
      { type: 'mark', text: `release savepoint ${savepoint.name}` },
    ]
  }

  #flush(tail: readonly Statement[], entry: IdempotencyEntry | null): Promise<readonly QueryResult[]> {
    const sent = this.#turn.then(() => this.#send(tail, entry))
    this.#turn = sent.catch(() => {})
    return sent
  }

  async #send(tail: readonly Statement[], entry: IdempotencyEntry | null): Promise<readonly QueryResult[]> {
    this.#refuseWhenOver()
    this.#refuseWhenFailed()
    const enter = this.#client === null ? await this.#database.enter(this.#ownerId) : []
    const client = this.#client ?? (await this.#database.acquire())
    this.#client = client
    const compiled = compileBatch(this.#ownerId, this.#staged, entry)
    this.#staged = []
    try {
      const statements = [...enter, ...compiled.map(({ statement }) => statement), ...tail]
      const results = await this.#database.run(client, statements)
      this.#noteSavepoints(compiled)
      return results
    } catch (thrown) {
      const { index, cause } = thrown instanceof BatchFailure ? thrown : { index: 0, cause: thrown }
      const at = index - enter.length
      throw await this.#failBy(cause, compiled.slice(0, Math.max(0, at)), compiled[at] ?? null, {
        isCommitSent: tail.includes(COMMIT) && !(cause instanceof ConnectionGone),
        isCommitRefused: at === compiled.length,
      })
    }
  }

  async #failBy(
    cause: unknown,
    ran: readonly Compiled[],
    compiled: Compiled | null,
    { isCommitSent, isCommitRefused }: { readonly isCommitSent: boolean; readonly isCommitRefused: boolean },
  ): Promise<Error> {
    this.#noteSavepoints(ran)
    const isLost = isConnectionLoss(cause)
    // When the server reported an error of a statement before the commit, the commit was not executed, so the outcome
    // is known.
    const isAmbiguous = isLost && isCommitSent && (serverError(cause) === null || isCommitRefused)
    const depth = isLost || isCommitSent ? 0 : this.#open.filter(({ isSent }) => isSent).length
    // A commit always ends the transaction; after an error, PostgreSQL answers it with a rollback.
    const connection = isLost ? 'lost' : isCommitSent ? 'ended' : 'open'
    const failure: Failure = { error: databaseError(cause), depth, connection }
    this.#failure = failure
    const look = <Row>(statement: Statement): Promise<readonly Row[]> => this.#look(failure, statement)
    failure.error = await this.#translate({ compiled, cause, isAmbiguous, look })
    if (failure.error instanceof Rerun) failure.depth = 0
    return failure.error
  }

  async #look<Row>(failure: Failure, statement: Statement): Promise<readonly Row[]> {
    const savepoint = this.#open[failure.depth - 1]
    const client = this.#client
    if (client === null || failure.connection === 'lost') throw failure.error
    const end = failure.connection === 'open' ? [ROLLBACK] : []
    const before =
      savepoint === undefined
        ? [...end, ...(await this.#database.enter(this.#ownerId))]
        : [{ text: `rollback to savepoint ${savepoint.name}`, values: [] }]
    const after = savepoint === undefined ? [COMMIT] : []
    if (savepoint === undefined) failure.connection = 'ended'
    try {
      const results = await this.#database.run(client, [...before, statement, ...after])
      return results[before.length]?.rows ?? []
    } catch (thrown) {
      const cause = thrown instanceof BatchFailure ? thrown.cause : thrown
      if (isConnectionLoss(cause)) Object.assign(failure, { connection: 'lost', depth: 0 })
      throw databaseError(cause)
    }
  }

  #noteSavepoints(ran: readonly Compiled[]): void {
    const texts = new Set(ran.map(({ statement }) => statement.text))
    for (const savepoint of this.#open) savepoint.isSent ||= texts.has(`savepoint ${savepoint.name}`)
  }

  #refuseWhenFailed(): void {
    if (this.#failure !== null) throw this.#failure.error
  }

  #refuseWhenOver(): void {
    if (this.#isOver) throw new Error('the transaction is over')
  }
}
