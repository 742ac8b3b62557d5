import type { DomainErrorCode } from '../src/error-details.ts'
import { isDomainError } from '../src/kernel/errors/domain-error.ts'

export interface Refusal {
  readonly code: DomainErrorCode
  readonly details: unknown
}

/** What a rule refuses with; a rule that accepts, or breaks, fails the test. */
export function refusalOf(act: () => unknown): Refusal {
  try {
    act()
  } catch (error) {
    if (!isDomainError(error)) throw error
    const { code, details } = error
    return { code, details }
  }
  throw new Error('nothing was refused')
}
