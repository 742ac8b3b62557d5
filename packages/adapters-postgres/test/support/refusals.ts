import { type DomainErrorCode, isDomainError } from '@daftari/domain'

/** What may come out of the books when the database is in trouble. */
const TROUBLE: ReadonlySet<string> = new Set<DomainErrorCode>([
  'unavailable',
  'outcome_unknown',
  'overloaded',
])

export function isTrouble(error: unknown): boolean {
  return isDomainError(error) && TROUBLE.has(error.code)
}

export function hasCode(error: unknown, code: DomainErrorCode): boolean {
  return isDomainError(error, code)
}

/** Demands a refusal, and gives its code. */
export async function codeOf(attempt: Promise<unknown>): Promise<DomainErrorCode> {
  const [outcome] = await Promise.allSettled([attempt])
  if (outcome.status === 'fulfilled') throw new Error('was not refused')
  if (!isDomainError(outcome.reason)) throw outcome.reason
  return outcome.reason.code
}
