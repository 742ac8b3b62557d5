import { type AnyDomainError, type FieldError, isDomainError } from '@daftari/application'
import { meanings, type ProblemCode, type WireCode } from './problem-code.ts'
import { WireRefusal } from './wire-refusal.ts'

/** A refusal as it is told, without what belongs to one exchange (`instance` and `requestId`). */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly errors: readonly ProblemField[]
}

/** The field that names what is not there. */
export const naming = { category_not_found: '/categoryId', attachment_not_found: '/attachmentIds' } as const

/** One fault of an input, or the reference that leads nowhere. */
export interface ProblemField {
  readonly pointer: string
  readonly code: FieldError['code'] | keyof typeof naming
  readonly detail: string
}

export function problem(code: ProblemCode, detail: string, errors: readonly ProblemField[] = []): Problem {
  const { status, title } = meanings[code]
  return { type: `urn:daftari:problem:${code}`, title, status, code, detail, errors }
}

/** What is told about a failure. Of an unexpected one, nothing that it says itself. */
export function problemOf(error: unknown): Problem {
  if (isDomainError(error)) return problem(error.code, detailOf(error), fieldsOf(error))
  if (error instanceof WireRefusal) return problem(error.code, error.message)
  const code = codeOfFastify(error)
  return problem(code, details[code])
}

/** The sentence names no id: an absent record and another owner's are told alike. */
function detailOf(error: AnyDomainError): string {
  return error.code === 'not_found' ? `There is no such ${error.details.kind}.` : error.message
}

function fieldsOf(error: AnyDomainError): readonly ProblemField[] {
  if (error.code === 'validation_failed') return error.details.errors
  if (error.code !== 'category_not_found' && error.code !== 'attachment_not_found') return []
  const { pointer = naming[error.code] } = error.details
  return [{ pointer, code: error.code, detail: error.message }]
}

type Foreign = Extract<WireCode, keyof typeof details> | 'overloaded' | 'not_found'

const details = {
  invalid_header: 'Content-Length does not tell the length of the body.',
  unauthenticated: 'The request was not let in.',
  scope_missing: 'The request was not allowed.',
  not_found: 'There is nothing here.',
  too_large: 'The body is larger than what is taken here.',
  unsupported_type: 'The body has a content type that is not taken here.',
  rate_limited: 'Come back later.',
  overloaded: 'There is too much to do at the moment.',
  internal_error: 'The failure was logged under the request id.',
} satisfies Partial<Record<ProblemCode, string>>

const codesOfFastify: Readonly<Record<string, Foreign>> = {
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_header',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_type',
}

/** What a hook of the host may refuse our routes with. */
const codesOfStatus: Readonly<Record<number, Foreign>> = {
  401: 'unauthenticated',
  403: 'scope_missing',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_type',
  429: 'rate_limited',
  503: 'overloaded',
}

function codeOfFastify(error: unknown): Foreign {
  if (!(error instanceof Error)) return 'internal_error'
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  const known = typeof code === 'string' ? codesOfFastify[code] : undefined
  return known ?? (typeof statusCode === 'number' ? codesOfStatus[statusCode] : undefined) ?? 'internal_error'
}
