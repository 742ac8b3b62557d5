import type { EventRecord } from '@daftari/application'
import { Table } from '../kernel/table.ts'

export interface HistoryBooks {
  /** The events of each aggregate, oldest first, by its id. */
  readonly events: Table<readonly EventRecord[]>
  /** All events in the order of their commits, by event id. */
  readonly feed: Table<EventRecord>
}

export function historyBooks(): HistoryBooks {
  return { events: new Table(), feed: new Table() }
}
