import { DomainError, isDomainError } from '@daftari/domain'

/** Why a store did not take a file. */
export type FallbackReason =
  /** It refused, or could not be reached. */
  | 'unavailable'
  | 'storage_full'
  /** It neither answered nor asked for more of the file in time. */
  | 'no_answer'
  /** It failed so often in a row that it is not asked at the moment. */
  | 'breaker_open'

const reasons = new WeakMap<object, FallbackReason>()

export function noAnswer(limitMs: number): DomainError<'unavailable'> {
  return refusal('no_answer', `The file store did not answer within ${limitMs} ms.`)
}

export function breakerOpen(): DomainError<'unavailable'> {
  return refusal(
    'breaker_open',
    'The file store failed several times in a row and is not asked at the moment.',
  )
}

function refusal(reason: FallbackReason, message: string): DomainError<'unavailable'> {
  const error = new DomainError('unavailable', {}, { message })
  reasons.set(error, reason)
  return error
}

/** What the failure says of the store; `null` for one that another store would not spare the caller. */
export function reasonOf(failure: unknown): FallbackReason | null {
  if (isDomainError(failure, 'storage_full')) return 'storage_full'
  return isDomainError(failure, 'unavailable') ? (reasons.get(failure) ?? 'unavailable') : null
}
