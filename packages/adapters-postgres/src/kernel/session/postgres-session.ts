import type { EventRecord } from '@daftari/application'
import type { PoolClient, QueryResult } from 'pg'
import { type Compiled, compileBatch, type Staged } from './compile-batch.ts'
import { COMMIT, type Database, ROLLBACK } from './database.ts'
import type { IdempotencyEntry } from './journal.ts'
import { ConnectionGone, databaseError, isConnectionLoss, Rerun, serverError } from './postgres-errors.ts'
import { BatchFailure } from './run-batch.ts'
import type { Statement } from './statement.ts'
import { stagedWrite, type WriteKind } from './table-writes.ts'

/** What the database refused, and the rows of the statement that failed. */
export interface Refused {
  readonly compiled: Compiled | null
  readonly cause: unknown
  /** Whether a commit was on its way when the connection was lost. */
  readonly isAmbiguous: boolean
  /** Looks into the books as they are without what was refused, on the connection that is held already. */
  readonly look: <Row>(statement: Statement) => Promise<readonly Row[]>
}

/** Says in the words of the books what was refused. */
export type Translate = (refused: Refused) => Promise<Error>

interface Savepoint {
  readonly name: string
  readonly mark: Staged
  isSent: boolean
}

/** After a refusal nothing can be done but to go back to the savepoint at this depth; 0 is the whole transaction. */
interface Doom {
  error: Error
  depth: number
  /** What became of the connection's transaction: it goes on, was ended, or went with the connection. */
  connection: 'open' | 'ended' | 'lost'
}

/**
 * One transaction. Writes wait here until something is read, a savepoint ends, or the transaction ends; then
 * they go out together, on a connection that is taken only then. Flushes that are asked for at once take turns.
 */
export class PostgresSession {
  readonly #database: Database
  readonly #ownerId: string
  readonly #translate: Translate
  readonly #open: Savepoint[] = []
  #client: PoolClient | null = null
  #staged: Staged[] = []
  #savepointCount = 0
  #doom: Doom | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #isOver = false

  constructor(database: Database, ownerId: string, translate: Translate) {
    this.#database = database
    this.#ownerId = ownerId
    this.#translate = translate
  }

  /** Why the whole work is to be run again, also when it took no notice of it. */
  get rerun(): Rerun | null {
    return this.#doom?.error instanceof Rerun ? this.#doom.error : null
  }

  /** Whether a part may have been, or may be, undone while the transaction goes on. */
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

  /** The answers to the reads, after everything staged so far. */
  async read(...reads: readonly Statement[]): Promise<readonly QueryResult[]> {
    const results = await this.#flush(reads, null)
    return results.slice(results.length - reads.length)
  }

  /** Nothing but another run can help. */
  doom(error: Rerun): never {
    this.#doom = { error, depth: 0, connection: 'open' }
    throw error
  }

  async commit(entry: IdempotencyEntry | null): Promise<void> {
    await this.#turn
    const isUnused = this.#client === null && this.#staged.length === 0
    if (!isUnused || entry !== null || this.#doom !== null) await this.#flush([COMMIT], entry)
    this.#isOver = true
    this.#client?.release()
    this.#client = null
  }

  async abort(): Promise<void> {
    this.#isOver = true
    await this.#turn
    const client = this.#client
    this.#client = null
    if (client !== null) await this.#database.abandon(client, this.#doom?.connection ?? 'open')
  }

  /** Undoes what `work` staged when it throws. Its writes are sent when it ends, so that it is told of refusals. */
  async savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#refuseWhenOver()
    this.#refuseWhenDoomed()
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
    } catch (failure) {
      await this.#turn
      this.#undo(depth)
      throw failure
    }
  }

  /** Back to before the savepoint at this depth, as far as it was ever set. */
  #undo(depth: number): void {
    const savepoint = this.#open[depth - 1]
    this.#open.length = depth - 1
    if (savepoint === undefined || (this.#doom !== null && this.#doom.depth < depth)) return
    if (!savepoint.isSent) {
      this.#staged.length = this.#staged.indexOf(savepoint.mark)
      return
    }
    this.#doom = null
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
    this.#refuseWhenDoomed()
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
    } catch (failure) {
      const { index, cause } = failure instanceof BatchFailure ? failure : { index: 0, cause: failure }
      const at = index - enter.length
      throw await this.#doomBy(cause, compiled.slice(0, Math.max(0, at)), compiled[at] ?? null, {
        isCommitSent: tail.includes(COMMIT) && !(cause instanceof ConnectionGone),
        isCommitRefused: at === compiled.length,
      })
    }
  }

  async #doomBy(
    cause: unknown,
    ran: readonly Compiled[],
    compiled: Compiled | null,
    { isCommitSent, isCommitRefused }: { readonly isCommitSent: boolean; readonly isCommitRefused: boolean },
  ): Promise<Error> {
    this.#noteSavepoints(ran)
    const isLost = isConnectionLoss(cause)
    // A server that says what it refused before the commit did not come to the commit.
    const isAmbiguous = isLost && isCommitSent && (serverError(cause) === null || isCommitRefused)
    const depth = isLost || isCommitSent ? 0 : this.#open.filter(({ isSent }) => isSent).length
    // A commit ends a transaction in any case: after a refusal, with a rollback.
    const connection = isLost ? 'lost' : isCommitSent ? 'ended' : 'open'
    const doom: Doom = { error: databaseError(cause), depth, connection }
    this.#doom = doom
    const look = <Row>(statement: Statement): Promise<readonly Row[]> => this.#look(doom, statement)
    doom.error = await this.#translate({ compiled, cause, isAmbiguous, look })
    if (doom.error instanceof Rerun) doom.depth = 0
    return doom.error
  }

  async #look<Row>(doom: Doom, statement: Statement): Promise<readonly Row[]> {
    const savepoint = this.#open[doom.depth - 1]
    const client = this.#client
    if (client === null || doom.connection === 'lost') throw doom.error
    const end = doom.connection === 'open' ? [ROLLBACK] : []
    const before =
      savepoint === undefined
        ? [...end, ...(await this.#database.enter(this.#ownerId))]
        : [{ text: `rollback to savepoint ${savepoint.name}`, values: [] }]
    const after = savepoint === undefined ? [COMMIT] : []
    if (savepoint === undefined) doom.connection = 'ended'
    try {
      const results = await this.#database.run(client, [...before, statement, ...after])
      return results[before.length]?.rows ?? []
    } catch (failure) {
      const cause = failure instanceof BatchFailure ? failure.cause : failure
      if (isConnectionLoss(cause)) Object.assign(doom, { connection: 'lost', depth: 0 })
      throw databaseError(cause)
    }
  }

  #noteSavepoints(ran: readonly Compiled[]): void {
    const texts = new Set(ran.map(({ statement }) => statement.text))
    for (const savepoint of this.#open) savepoint.isSent ||= texts.has(`savepoint ${savepoint.name}`)
  }

  #refuseWhenDoomed(): void {
    if (this.#doom !== null) throw this.#doom.error
  }

  #refuseWhenOver(): void {
    if (this.#isOver) throw new Error('the transaction is over')
  }
}
