/** What is remembered of a message. */
export interface InboxMessage {
  readonly id: string
  /** Who sends. Ids and records of different sources never meet. */
  readonly source: string
  /** Which record it is about, and its version after the event; `null` for a message that is about none. */
  readonly record: { readonly id: string; readonly version: number } | null
}

/**
 * `new`: nobody has seen it. `duplicate`: a message of this source with this id is remembered. `stale`: it is new, and a
 * message with the same or a later version of its record is remembered.
 */
export type InboxVerdict = 'new' | 'duplicate' | 'stale'

/** The memory of a receiver, inside one of the receiver's own transactions. */
export interface InboxStore {
  /**
   * Remembers the message and gives its verdict, in one step: of several transactions that ask for the same message or
   * record at once, one goes on and the others wait for its end. What a transaction remembers that is rolled back is
   * forgotten with it. The version of a record only rises.
   */
  remember(message: InboxMessage): Promise<InboxVerdict>
  /**
   * Forgets ids that were remembered longer ago than the retention, some of them at each call. Younger ones and the
   * versions of records stay.
   */
  forgetOld(): Promise<void>
}

export interface RetentionOptions {
  /** How long an id is remembered: 30 days. Senders repeat for days, so less than four is not enough. */
  readonly retentionMs?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export const RETENTION_MS: number = 30 * 24 * 3_600_000
