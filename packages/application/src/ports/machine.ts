import type { Instant } from '@daftari/domain'

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
  /** So many bytes that nobody can foretell, for the caller to keep. */
  bytes(count: number): Uint8Array
}

export interface Hashing {
  /** SHA-256 of the text's UTF-8 bytes, in lower case hexadecimal. */
  sha256(text: string): string
}

export interface CursorSigner {
  /** An opaque URL-safe token that carries `payload` and opens only with the same context. */
  seal(payload: string, context: string): string
  /** The payload, or `null` when the token was altered, cut, or sealed with another context or key. */
  open(token: string, context: string): string | null
}

/** Keeps what must be read again but never stored in clear text. */
export interface Secrets {
  /** A text that hides `text`; another one each time. */
  seal(text: string): string
  /** What was sealed. Throws when the text was altered, be it in one sign, or sealed under another key or never. */
  open(sealed: string): string
}
