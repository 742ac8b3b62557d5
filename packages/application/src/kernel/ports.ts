import type { Instant } from '@daftari/domain'

/** The owner and the actor of a transaction, and the idempotency key under which its result is stored. */
export interface TransactionScope {
  readonly ownerId: string
  readonly actorId: string
  readonly idempotency: RememberedResult | null
}

export interface RememberedResult {
  readonly key: string
  readonly fingerprint: string
  /** Makes the text to store for the result: its JSON, encrypted when it contains a secret. Adapters store the text unchanged. */
  readonly toStored: (result: unknown) => string
}

/** Runs work in a transaction: all of its writes are stored, or none. */
export interface UnitOfWork<Tx> {
  /**
   * Runs `work` and stores its writes, in the order staged, when it ends. Stores nothing when it throws. Writes are
   * sent when something is read on `tx`, when a nested `transact` ends, or when `work` ends. A stale version or a
   * broken constraint therefore rejects there, never at the staging call. Catching such a refusal does not save the
   * transaction: it rejects with the same code when `work` ends, and stores nothing. With `scope.idempotency`, the text
   * that `toStored` makes of the result is stored under the key in the same transaction; a key that already exists
   * rejects with `idempotency_in_progress` and stores nothing. `work` may run again after a conflict, so it must have
   * no effects outside `tx`.
   */
  transact<Result>(scope: TransactionScope, work: (tx: Tx) => Promise<Result>): Promise<Result>
}

/** The start of a page: after the row with this sort key and id. Rows are ordered by the sort key, then by id. */
export interface KeysetPage {
  readonly after: { readonly key: string; readonly id: string } | null
  readonly limit: number
}

/** How long the result under an idempotency key is kept: 72 hours. */
export const ANSWER_KEPT_MS: number = 72 * 60 * 60 * 1000

export interface IdempotencyQueries {
  /** Finds the result that a committed transaction of this owner stored under the key within the last 72 hours, or gives `null`. */
  find(ownerId: string, key: string): Promise<IdempotencyRecord | null>
}

export interface IdempotencyRecord {
  readonly fingerprint: string
  /** The text that `toStored` made of the result of the first call. */
  readonly result: string
}

export interface Clock {
  now(): Instant
}

/** Monotonic time: it never goes back, even when the system clock is changed. */
export interface Timer {
  elapsedMs(): number
  sleep(durationMs: number): Sleep
}

export interface Sleep {
  /** Resolves when the time has passed or `wake` was called. */
  readonly over: Promise<void>
  wake(): void
}

export interface Ids {
  /** Makes a new UUIDv7 in lower case. Later ids sort after earlier ones of the same process. */
  next<Id extends string = string>(): Id
}

export interface Random {
  /** Gives this number of unpredictable bytes. The caller may change them. */
  bytes(count: number): Uint8Array
}

export interface Hashing {
  /** SHA-256 of the text's UTF-8 bytes, in lower case hexadecimal. */
  sha256(text: string): string
  /** Starts a SHA-256 of bytes that arrive in pieces. */
  digest(): Digest
}

export interface Digest {
  update(bytes: Uint8Array): void
  /** The hash of all bytes, in lower case hexadecimal. It may be called once, at the end. */
  hex(): string
}

export interface CursorSigner {
  /** Makes an opaque, URL-safe token that contains `payload` and opens only with the same context. */
  seal(payload: string, context: string): string
  /** Gives the payload, or `null` when the token was altered or truncated, or sealed with another context or key. */
  open(token: string, context: string): string | null
}

/** Encrypts texts that must be read again but never stored in clear. */
export interface Secrets {
  /** The encrypted text. It differs each time. */
  seal(text: string): string
  /** The decrypted text. Throws when even one character was altered, and when another key was used. */
  open(sealed: string): string
}

/** The ports to the machine that the program runs on. */
export interface MachinePorts {
  readonly clock: Clock
  readonly timer: Timer
  readonly ids: Ids
  readonly random: Random
  readonly hashing: Hashing
  readonly cursors: CursorSigner
  readonly secrets: Secrets
}
