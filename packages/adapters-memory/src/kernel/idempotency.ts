import {
  ANSWER_KEPT_MS,
  type Clock,
  type IdempotencyQueries,
  type RememberedResult,
} from '@daftari/application'
import { DomainError } from '@daftari/domain'
import type { Table } from './table.ts'

export interface StoredResult {
  readonly fingerprint: string
  readonly result: string
  readonly expiresAt: number
}

export interface IdempotencyBooks {
  /** The answers of transactions with an idempotency key, by key. */
  readonly results: Table<StoredResult>
}

/** @throws idempotency_in_progress, when the key already has an answer */
export function rememberResult(
  { results }: IdempotencyBooks,
  { key, fingerprint, toStored }: RememberedResult,
  result: unknown,
  now: number,
): void {
  const stored = results.get(key)
  if (stored !== null && stored.expiresAt > now) throw new DomainError('idempotency_in_progress', {})
  results.set(key, Object.freeze({ fingerprint, result: toStored(result), expiresAt: now + ANSWER_KEPT_MS }))
}

export function memoryIdempotencyQueries(
  booksOf: (ownerId: string) => IdempotencyBooks,
  clock: Clock,
): IdempotencyQueries {
  return {
    async find(ownerId, key) {
      const stored = booksOf(ownerId).results.get(key)
      return stored !== null && stored.expiresAt > clock.now() ? stored : null
    },
  }
}
