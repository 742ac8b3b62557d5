import type { DomainErrorCode } from '../../src/index.ts'
import { isDomainError } from '../../src/index.ts'

export interface Refusal {
  readonly code: DomainErrorCode
  readonly details: unknown
  readonly message: string
}

/** What a use case refuses with; one that answers, or breaks, fails the test. */
export async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  try {
    await answer
  } catch (error) {
    if (!isDomainError(error)) throw error
    const { code, details, message } = error
    return { code, details, message }
  }
  throw new Error('nothing was refused')
}

/** `pointer code` of every fault of the input. */
export async function faultsOf(answer: Promise<unknown>): Promise<string[]> {
  const { code, details } = await refusalOf(answer)
  if (code !== 'validation_failed') throw new Error(`refused with ${code}`)
  const { errors } = details as { errors: readonly { pointer: string; code: string }[] }
  return errors.map((error) => `${error.pointer} ${error.code}`)
}
