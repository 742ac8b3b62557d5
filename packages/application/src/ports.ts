import type { AccessPorts } from './access/ports.ts'
import type { DomainEvent, RecordReads, Repositories } from './contexts.ts'
import type { DeliveryPorts, DeliveryTransaction } from './delivery/ports.ts'
import type { FilesPorts } from './files/ports.ts'
import type { HistoryReads } from './history/ports.ts'
import type { IdempotencyQueries, MachinePorts, UnitOfWork as UnitOfWorkOver } from './kernel/ports.ts'

// The ports of all contexts, closed here.

/** The books of one owner while they are being changed. Reads see what was staged before them. */
export interface Transaction extends Repositories, DeliveryTransaction {
  readonly events: EventLog
  /**
   * A savepoint: when `work` throws or what it staged is refused, that is undone and the transaction goes on. What
   * was staged wrongly before the savepoint is refused at the end all the same.
   */
  transact<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

/** A unit of work over a larger transaction serves wherever a smaller one is asked for. */
export type UnitOfWork<Tx extends Transaction = Transaction> = UnitOfWorkOver<Tx>

/**
 * What can be asked of the books. The owner comes first; another owner's records are as good as absent.
 * Only `access` looks across owners, to find out whose books a key opens. An answer shows everything that was
 * stored before it was asked for, however often it was asked before; only the feed may show events a moment later.
 */
export interface Queries extends RecordReads, HistoryReads {
  readonly idempotency: IdempotencyQueries
}

/** Everything the books need from outside. An adapter package provides all of it. */
export interface Ports extends AccessPorts, DeliveryPorts, FilesPorts, MachinePorts {
  readonly unitOfWork: UnitOfWork
  readonly queries: Queries
}

export interface EventLog {
  /** Each event is the next version of its aggregate; a version that is there already makes `transact` throw `concurrent_change`. */
  append(events: readonly DomainEvent[]): void
}
