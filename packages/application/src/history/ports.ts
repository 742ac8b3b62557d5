import type { AggregateType, EventType } from '../contexts.ts'
import type { EventRecord } from '../kernel/events/event-record.ts'

export interface HistoryQueries {
  /** Lists the events of the aggregate below version `before`, newest first, even after its deletion. `null` starts with the last version. */
  list(
    ownerId: string,
    aggregateType: AggregateType,
    aggregateId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EventRecord[]>
}

export interface FeedQueries {
  /**
   * The name of the current epoch, chosen by the adapter. It is the same for every owner, process and connection,
   * before and after writes. A new epoch begins when events get new numbers, for example after a dump was restored.
   * Positions of an earlier epoch are then not valid any more.
   */
  epoch(): Promise<string>
  /**
   * Lists the events of the owner after a position, oldest first; `null` starts with the first event. Events that are
   * committed later are listed after every position that was given before in this epoch. The adapter chooses the form
   * of positions.
   * @throws invalid_cursor, when the position is after every event that can exist in this store
   */
  list(ownerId: string, page: FeedPage): Promise<readonly FeedEntry[]>
}

export interface FeedPage {
  readonly after: string | null
  /** Lists only events of these types. */
  readonly types: readonly EventType[]
  readonly limit: number
}

export interface FeedEntry {
  readonly position: string
  readonly record: EventRecord
}

/** The queries of this context. */
export interface HistoryReads {
  readonly history: HistoryQueries
  readonly feed: FeedQueries
}
