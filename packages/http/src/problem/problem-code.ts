import { type DomainErrorCode, errorMeanings, type RefusalStatus } from '@daftari/application'

/** Codes that only arise between a request and the books. */
export type WireCode =
  | 'malformed_json'
  | 'invalid_header'
  | 'unauthenticated'
  | 'scope_missing'
  | 'request_timeout'
  | 'too_large'
  | 'url_too_long'
  | 'unsupported_type'
  | 'rate_limited'
  | 'headers_too_large'
  | 'internal_error'

export type ProblemCode = DomainErrorCode | WireCode

interface Meaning {
  readonly status: number
  readonly title: string
}

const statuses = {
  malformed: 400,
  absent: 404,
  conflict: 409,
  stale: 412,
  invalid: 422,
  version_missing: 428,
  unavailable: 503,
  full: 507,
} satisfies Record<RefusalStatus, number>

const ofTheWire = {
  malformed_json: { status: 400, title: 'The body is no usable JSON' },
  invalid_header: { status: 400, title: 'A header cannot be used' },
  unauthenticated: { status: 401, title: 'Say who you are' },
  scope_missing: { status: 403, title: 'The key does not allow this' },
  request_timeout: { status: 408, title: 'The request took too long' },
  too_large: { status: 413, title: 'Too large' },
  url_too_long: { status: 414, title: 'The URL is too long' },
  unsupported_type: { status: 415, title: 'The content type is not taken here' },
  rate_limited: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal_error: { status: 500, title: 'Something went wrong' },
} satisfies Record<WireCode, Meaning>

/** What each code means over HTTP. */
export const meanings: Readonly<Record<ProblemCode, Meaning>> = { ...ofTheBooks(), ...ofTheWire }

function ofTheBooks(): Record<DomainErrorCode, Meaning> {
  const entries = Object.entries(errorMeanings).map(([code, { status, title }]) => [
    code,
    { status: statuses[status], title },
  ])
  return Object.fromEntries(entries)
}
