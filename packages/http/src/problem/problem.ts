import {
  type AnyDomainError,
  type DomainErrorCode,
  errorMeanings,
  type FieldError,
  isDomainError,
} from '@daftari/application'
import { foreignRefusal } from './foreign-refusal.ts'
import { meanings, type ProblemCode } from './problem-code.ts'
import { WireRefusal } from './wire-refusal.ts'

/** A problem without the members that belong to a single request (`instance` and `requestId`). */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly errors: readonly ProblemField[]
}

/** One invalid field of an input, or a reference to a record that does not exist. */
export interface ProblemField {
  readonly pointer: string
  readonly code: FieldError['code'] | DomainErrorCode
  readonly detail: string
}

export function problem(code: ProblemCode, detail: string, errors: readonly ProblemField[] = []): Problem {
  const { status, title } = meanings[code]
  return { type: `urn:daftari:problem:${code}`, title, status, code, detail, errors }
}

/** The problem for an error. The message of an unexpected error is not shown. */
export function problemOf(error: unknown): Problem {
  if (isDomainError(error)) return problem(error.code, detailOf(error), fieldsOf(error))
  if (error instanceof WireRefusal) return problem(error.code, error.message)
  const { code, detail } = foreignRefusal(error)
  return problem(code, detail)
}

/** The detail contains no id, so that a missing record and a record of another owner get the same answer. */
function detailOf(error: AnyDomainError): string {
  return error.code === 'not_found' ? `There is no such ${error.details.kind}.` : error.message
}

function fieldsOf(error: AnyDomainError): readonly ProblemField[] {
  if (error.code === 'validation_failed') return error.details.errors
  const { pointer: usual } = errorMeanings[error.code]
  if (usual === undefined) return []
  const pointer = 'pointer' in error.details ? (error.details.pointer ?? usual) : usual
  return [{ pointer, code: error.code, detail: error.message }]
}
