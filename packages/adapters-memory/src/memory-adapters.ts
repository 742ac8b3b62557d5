import { randomBytes } from 'node:crypto'
import { type Clock, inProcessSenders, type Ports } from '@daftari/application'
import { DomainError, type DomainErrorCode, type DomainErrorDetails } from '@daftari/domain'
import {
  aesGcmSecrets,
  hmacCursorSigner,
  nodeHashing,
  risingIds,
  systemClock,
  systemRandom,
  systemTimer,
} from '@daftari/machine'
import { memoryKeyUses, memoryOwners } from './access/memory-access.ts'
import { memoryQueries } from './contexts.ts'
import { memoryDeliveryQueries } from './delivery/memory-delivery-queries.ts'
import { memoryDispatchStore } from './delivery/memory-dispatch-store.ts'
import { memoryFileUpkeep } from './files/memory-attachment-queries.ts'
import { memoryFileStore } from './files/memory-file-store.ts'
import { memoryStore } from './memory-books.ts'
import { memoryUnitOfWork } from './memory-unit-of-work.ts'

export interface MemoryAdapters extends Ports {
  /** Makes the next transaction fail with this code at its end, without storing anything. */
  failNext<Code extends DomainErrorCode>(code: Code, details?: DomainErrorDetails[Code]): void
}

export interface MemoryOptions {
  /** The clock; by default the clock of the system. */
  readonly clock?: Clock
}

/** Adapters that keep the books in memory as long as this object exists, and behave like the stored ones. */
export function createMemoryAdapters({ clock = systemClock }: MemoryOptions = {}): MemoryAdapters {
  const store = memoryStore()
  const ids = risingIds(clock)
  const failures: DomainError[] = []
  const beforeCommit = (): void => {
    const failure = failures.shift()
    if (failure !== undefined) throw failure
  }
  const files = memoryFileStore({ clock })
  void files.mark(ids.next())
  const listeners = new Set<() => void>()
  const wake = (): void => listeners.forEach((listener) => void listener())
  return {
    unitOfWork: memoryUnitOfWork({ store, clock, ids, beforeCommit, afterCommit: wake }),
    delivery: memoryDeliveryQueries(store, clock),
    dispatch: memoryDispatchStore(store, clock),
    senders: inProcessSenders(),
    wakeUps: {
      subscribe(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      isHeard: async () => true,
    },
    timer: systemTimer,
    queries: memoryQueries(store, clock),
    owners: memoryOwners(store),
    keyUses: memoryKeyUses(store),
    files,
    fileStores: [files],
    fileUpkeep: memoryFileUpkeep(store),
    clock,
    ids,
    random: systemRandom,
    hashing: nodeHashing,
    cursors: hmacCursorSigner(randomBytes(32)),
    secrets: aesGcmSecrets(randomBytes(32)),
    failNext(code, details = {} as DomainErrorDetails[typeof code]) {
      failures.push(new DomainError(code, details))
    },
  }
}
