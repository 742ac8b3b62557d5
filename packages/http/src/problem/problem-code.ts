import type { DomainErrorCode } from '@daftari/application'

/** Codes that only arise between a request and the books. */
export type WireCode =
  | 'malformed_json'
  | 'invalid_header'
  | 'unauthenticated'
  | 'scope_missing'
  | 'too_large'
  | 'unsupported_type'
  | 'rate_limited'
  | 'internal_error'

export type ProblemCode = DomainErrorCode | WireCode

interface Meaning {
  readonly status: number
  readonly title: string
}

const domain = {
  invalid_query: { status: 400, title: 'A query parameter cannot be used' },
  invalid_cursor: { status: 400, title: 'The cursor cannot be used' },
  not_found: { status: 404, title: 'Not found' },
  category_name_taken: { status: 409, title: 'The category name is taken' },
  category_in_use: { status: 409, title: 'The category is in use' },
  category_limit_reached: { status: 409, title: 'There are as many categories as allowed' },
  invoice_probable_duplicate: { status: 409, title: 'Probably the same invoice again' },
  invoice_already_settled: { status: 409, title: 'The invoice is paid already' },
  invoice_void: { status: 409, title: 'The invoice is void' },
  invoice_has_payments: { status: 409, title: 'The invoice has payments' },
  amount_frozen: { status: 409, title: 'The amounts are frozen' },
  payment_already_reversed: { status: 409, title: 'The payment was taken back already' },
  base_currency_frozen: { status: 409, title: 'The base currency is frozen' },
  merge_too_large: { status: 409, title: 'Too many expenses to merge' },
  idempotency_in_progress: { status: 409, title: 'The same request is being carried out' },
  concurrent_change: { status: 412, title: 'Changed in the meantime' },
  validation_failed: { status: 422, title: 'The input has faults' },
  payment_exceeds_balance: { status: 422, title: 'The payment is more than what is left to pay' },
  attachment_not_found: { status: 422, title: 'There is no such attachment' },
  category_not_found: { status: 422, title: 'There is no such category' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key belongs to another request' },
  precondition_required: { status: 428, title: 'If-Match is required' },
  unavailable: { status: 503, title: 'The books cannot be reached' },
  overloaded: { status: 503, title: 'Too much to do' },
  outcome_unknown: { status: 503, title: 'It is not known whether the change was stored' },
  storage_full: { status: 507, title: 'There is no room left' },
} satisfies Record<DomainErrorCode, Meaning>

const ofTheWire = {
  malformed_json: { status: 400, title: 'The body is no usable JSON' },
  invalid_header: { status: 400, title: 'A header cannot be used' },
  unauthenticated: { status: 401, title: 'Say who you are' },
  scope_missing: { status: 403, title: 'The key does not allow this' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_type: { status: 415, title: 'The content type is not taken here' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong' },
} satisfies Record<WireCode, Meaning>

/** What each code means over HTTP. A domain code without a line here does not compile. */
export const meanings: Readonly<Record<ProblemCode, Meaning>> = { ...domain, ...ofTheWire }
