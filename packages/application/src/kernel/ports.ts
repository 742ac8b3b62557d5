import type { Instant } from '@daftari/domain'

/** Whose books a transaction writes, who writes, and under which key its result is remembered. */
export interface TransactionScope {
  readonly ownerId: string
  readonly actorId: string
  readonly idempotency: RememberedResult | null
}

export interface RememberedResult {
  readonly key: string
  readonly fingerprint: string
  /** The text to store for the result: its JSON, sealed when it holds a secret. Adapters store it untouched. */
  readonly toStored: (result: unknown) => string
}

/** Everything or nothing. */
export interface UnitOfWork<Tx> {
  /**
   * Runs `work` and stores what it staged, in the order staged, when it ends; stores nothing when it throws.
   * Writes are sent when something is read on `tx`, when a nested `transact` ends, or when `work` ends:
   * a stale version or a broken constraint therefore rejects there, never at the staging call. Whoever catches
   * such a refusal goes on in vain: the transaction rejects with the same code when `work` ends, and stores nothing.
   * With `scope.idempotency`, what `toStored` makes of the result is stored under the key in the same transaction;
   * a key that is already there rejects with `idempotency_in_progress` and stores nothing.
   * `work` may run again after a conflict, so it does nothing outside `tx`.
   */
  transact<Result>(scope: TransactionScope, work: (tx: Tx) => Promise<Result>): Promise<Result>
}

/** Where a page starts: after the row with this sort key and id. Keys compare as the sort says, then ids. */
export interface KeysetPage {
  readonly after: { readonly key: string; readonly id: string } | null
  readonly limit: number
}

/** How long the answer under an idempotency key is kept: 72 hours. */
export const ANSWER_KEPT_MS: number = 72 * 60 * 60 * 1000

export interface IdempotencyQueries {
  /** What a committed transaction of this owner stored under the key within the last 72 hours. */
  find(ownerId: string, key: string): Promise<IdempotencyRecord | null>
}

export interface IdempotencyRecord {
  readonly fingerprint: string
  /** The text that `toStored` made of the first result. */
  readonly result: string
}

export interface Clock {
  now(): Instant
}

/** Time that only goes forward, whatever the clock on the wall is set to. */
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
  /** A new UUIDv7 in lower case; later ids sort after earlier ones of the same process. */
  next<Id extends string = string>(): Id
}

export interface Random {
  /** This many unpredictable bytes. The caller owns them. */
  bytes(count: number): Uint8Array
}

export interface Hashing {
  /** SHA-256 of the text's UTF-8 bytes, in lower case hexadecimal. */
  sha256(text: string): string
  /** SHA-256 of bytes that come in pieces. */
  digest(): Digest
}

export interface Digest {
  update(bytes: Uint8Array): void
  /** The hash of all bytes together, in lower case hexadecimal. It is asked for once, at the end. */
  hex(): string
}

export interface CursorSigner {
  /** An opaque URL-safe token that carries `payload` and opens only with the same context. */
  seal(payload: string, context: string): string
  /** The payload, or `null` when the token was altered, cut, or sealed with another context or key. */
  open(token: string, context: string): string | null
}

/** Keeps what must be read again but never stored in clear text. */
export interface Secrets {
  /** The encrypted text. It differs each time. */
  seal(text: string): string
  /** The decrypted text. Throws when even one character was altered, and when another key was used. */
  open(sealed: string): string
}

/** What the books ask of the machine that they run on. */
export interface MachinePorts {
  readonly clock: Clock
  readonly timer: Timer
  readonly ids: Ids
  readonly random: Random
  readonly hashing: Hashing
  readonly cursors: CursorSigner
  readonly secrets: Secrets
}
