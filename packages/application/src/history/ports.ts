import type { AggregateType, EventType } from '../contexts.ts'
import type { EventRecord } from '../kernel/events/event-record.ts'

export interface HistoryQueries {
  /** The aggregate's events below version `before` (`null`: from the last), newest first, also after its deletion. */
  list(
    ownerId: string,
    aggregateType: AggregateType,
    aggregateId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EventRecord[]>
}

export interface FeedQueries {
  /**
   * The age that the books are in, by a name of the adapter. Every owner, process and connection is told the same one,
   * and no write changes it. It is another one once events were numbered anew, as after loading a dump: the positions
   * of an earlier epoch mean nothing then.
   */
  epoch(): Promise<string>
  /**
   * The owner's events after a position (`null`: from the first), in an order that never gains an event before
   * a position that was handed out in this epoch. Positions are the adapter's own words.
   * @throws invalid_cursor, where a position lies ahead of everything that can have happened here
   */
  list(ownerId: string, page: FeedPage): Promise<readonly FeedEntry[]>
}

export interface FeedPage {
  readonly after: string | null
  /** Only these. */
  readonly types: readonly EventType[]
  readonly limit: number
}

export interface FeedEntry {
  readonly position: string
  readonly record: EventRecord
}

/** What can be read of this context. */
export interface HistoryReads {
  readonly history: HistoryQueries
  readonly feed: FeedQueries
}
