import { type DomainErrorCode, errorMeanings, type RefusalStatus } from '@daftari/application'

/** The error codes of the HTTP layer only. */
type OwnWireCode =
  | 'malformed_multipart'
  | 'malformed_json'
  | 'invalid_header'
  | 'unauthenticated'
  | 'scope_missing'
  | 'request_timeout'
  | 'url_too_long'
  | 'rate_limited'
  | 'headers_too_large'
  | 'internal_error'

/** The HTTP layer also uses two codes of the domain: it can refuse a request that is too large or has a wrong type before a use case runs. */
export type WireCode = OwnWireCode | Extract<DomainErrorCode, 'too_large' | 'unsupported_type'>

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
  oversized: 413,
  unsupported: 415,
  invalid: 422,
  version_missing: 428,
  broken: 500,
  unavailable: 503,
  full: 507,
} satisfies Record<RefusalStatus, number>

const ofTheWire = {
  malformed_multipart: { status: 400, title: 'The form is not a valid multipart body' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_header: { status: 400, title: 'A header is not valid' },
  unauthenticated: { status: 401, title: 'Authentication is required' },
  scope_missing: { status: 403, title: 'The key lacks the required scope' },
  request_timeout: { status: 408, title: 'The request took too long' },
  url_too_long: { status: 414, title: 'The URL is too long' },
  rate_limited: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal_error: { status: 500, title: 'Unexpected error' },
} satisfies Record<OwnWireCode, Meaning>

/** The status and title of each code over HTTP. */
export const meanings: Readonly<Record<ProblemCode, Meaning>> = { ...ofTheBooks(), ...ofTheWire }

function ofTheBooks(): Record<DomainErrorCode, Meaning> {
  const entries = Object.entries(errorMeanings).map(([code, { status, title }]) => [
    code,
    { status: statuses[status], title },
  ])
  return Object.fromEntries(entries)
}
