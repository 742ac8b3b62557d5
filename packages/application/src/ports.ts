import type { AccessPorts } from './access/ports.ts'
import type { DomainEvent, RecordReads, Repositories } from './contexts.ts'
import type { DeliveryPorts, DeliveryTransaction } from './delivery/ports.ts'
import type { FilesPorts } from './files/ports.ts'
import type { HistoryReads } from './history/ports.ts'
import type { IdempotencyQueries, MachinePorts, UnitOfWork as UnitOfWorkOver } from './kernel/ports.ts'

// The complete lists of the ports of all contexts.

/** A transaction on the books of one owner. Reads see the writes that were staged before them. */
export interface Transaction extends Repositories, DeliveryTransaction {
  readonly events: EventLog
  /**
   * Runs `work` in a savepoint. When it throws, or one of its writes is refused, its writes are undone and the
   * transaction continues. A wrong write from before the savepoint is still refused at the end.
   */
  transact<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

/** A unit of work over a larger transaction can be used where a smaller one is required. */
export type UnitOfWork<Tx extends Transaction = Transaction> = UnitOfWorkOver<Tx>

/**
 * The queries of the books. The first argument is the owner; records of other owners are treated as absent. Only
 * `access` works across owners, to find the owner of a key. A query shows every change that was stored before it, at
 * once. Only the feed may show events a moment later.
 */
export interface Queries extends RecordReads, HistoryReads {
  readonly idempotency: IdempotencyQueries
}

/** Everything that the use cases need from outside. An adapter package implements it. */
export interface Ports extends AccessPorts, DeliveryPorts, FilesPorts, MachinePorts {
  readonly unitOfWork: UnitOfWork
  readonly queries: Queries
}

export interface EventLog {
  /** Appends events, each of which is the next version of its aggregate. A version that already exists makes `transact` throw `concurrent_change`. */
  append(events: readonly DomainEvent[]): void
}
