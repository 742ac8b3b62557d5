import type { LockHolder } from './data-dir/lock-holder.ts'

export type EmbeddedPostgresErrorCode =
  | 'binaries_missing'
  | 'binaries_unusable'
  | 'data_dir_in_use'
  | 'data_dir_not_ours'
  | 'data_dir_out_of_reach'
  | 'initdb_failed'
  | 'not_a_database'
  | 'orphan_will_not_stop'
  | 'password_missing'
  | 'start_failed'
  | 'wrong_version'

export interface EmbeddedPostgresErrorDetails {
  /** With `data_dir_in_use`: the holder of the directory, or `null` when it does not answer. */
  readonly holder?: LockHolder | null
  /** With `initdb_failed` and `start_failed`: the last lines of the output of PostgreSQL. */
  readonly output?: readonly string[]
  readonly cause?: unknown
}

const brand: unique symbol = Symbol.for('@daftari/embedded-postgres/error')

/** The reason why the server did not start. `message` is a sentence for people. */
export interface EmbeddedPostgresError extends Error {
  readonly [brand]: true
  readonly code: EmbeddedPostgresErrorCode
  readonly holder?: LockHolder | null
  readonly output?: readonly string[]
}

export function embeddedPostgresError(
  code: EmbeddedPostgresErrorCode,
  message: string,
  { cause, ...details }: EmbeddedPostgresErrorDetails = {},
): EmbeddedPostgresError {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause })
  return Object.assign(error, { name: 'EmbeddedPostgresError', [brand]: true as const, code, ...details })
}

export function isEmbeddedPostgresError(error: unknown): error is EmbeddedPostgresError {
  return typeof error === 'object' && error !== null && brand in error
}
