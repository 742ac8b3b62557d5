import type { EventRecord } from '@daftari/application'
import { type IdempotencyEntry, journal } from './journal.ts'
import type { Statement } from './statement.ts'
import type { StagedWrite, WriteKind } from './table-writes.ts'

/** The staged entries of a transaction, in the order in which they were staged. */
export type Staged = StagedWrite | StagedEvent | Mark

export interface StagedEvent {
  readonly type: 'event'
  readonly record: EventRecord
}

/** The beginning or the end of a savepoint. */
export interface Mark {
  readonly type: 'mark'
  readonly text: string
}

/** A statement and the rows that it writes. The rows are needed to report which one was refused. */
export interface Compiled {
  readonly statement: Statement
  readonly kind: WriteKind<unknown> | null
  readonly rows: readonly unknown[]
  /** Whether the statement stores the answer of a transaction with an idempotency key. */
  readonly isKeyed: boolean
}

/**
 * Makes one statement for each sequence of writes of one kind, and then one for the events. A row that is written twice
 * starts another statement, because one statement can change a row only once. Events are never moved across a
 * savepoint.
 */
export function compileBatch(
  ownerId: string,
  staged: readonly Staged[],
  idempotency: IdempotencyEntry | null,
): Compiled[] {
  const compiled: Compiled[] = []
  let run: StagedWrite[] = []
  const ids = new Set<string>()
  let events: EventRecord[] = []

  function endRun(): void {
    const [first] = run
    if (first === undefined) return
    const rows = run.map(({ row }) => row)
    compiled.push({ statement: first.kind.statement(ownerId, rows), kind: first.kind, rows, isKeyed: false })
    run = []
    ids.clear()
  }

  function endEvents(entry: IdempotencyEntry | null): void {
    const statement = journal(ownerId, events, entry)
    if (statement !== null) compiled.push({ statement, kind: null, rows: events, isKeyed: entry !== null })
    events = []
  }

  for (const item of staged) {
    if (item.type === 'event') {
      events.push(item.record)
    } else if (item.type === 'mark') {
      endRun()
      endEvents(null)
      compiled.push({ statement: { text: item.text, values: [] }, kind: null, rows: [], isKeyed: false })
    } else {
      if (item.kind.isAlone || run[0]?.kind !== item.kind || ids.has(item.id)) endRun()
      run.push(item)
      ids.add(item.id)
    }
  }
  endRun()
  endEvents(idempotency)
  return compiled
}
