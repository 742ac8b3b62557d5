import type { WireCode } from './problem-code.ts'

/** A refusal that was not made by the books: by Fastify, by one of its plugins, or by a hook of the host. */
export interface ForeignRefusal {
  readonly code: ForeignCode
  readonly detail: string
}

type ForeignCode = WireCode | 'not_found' | 'overloaded'

const details: Readonly<Record<ForeignCode, string>> = {
  invalid_header: 'The request cannot be used as it was sent.',
  malformed_multipart: 'The body is no form in multipart/form-data that ends as it says.',
  malformed_json: 'The body is not JSON in UTF-8.',
  unauthenticated: 'The request was not let in.',
  scope_missing: 'The request was not allowed.',
  not_found: 'There is nothing here.',
  request_timeout: 'The request took too long to arrive.',
  too_large: 'The body is larger than what is taken here.',
  url_too_long: 'The URL, or a part of its path, is longer than what is taken here.',
  unsupported_type: 'The body has a content type that is not taken here.',
  rate_limited: 'Come back later.',
  headers_too_large: 'The headers are larger than what is taken here.',
  overloaded: 'The service is overloaded at the moment. Nothing was stored. Repeat the request later.',
  internal_error: 'The failure was logged under the request id.',
}

const codesOfFastify: Readonly<Record<string, ForeignCode>> = {
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'url_too_long',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_type',
}

const detailsOfFastify: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'Content-Length does not tell the length of the body.',
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'Content-Type is missing.',
}

const codesOfStatus: Readonly<Record<number, ForeignCode>> = {
  401: 'unauthenticated',
  403: 'scope_missing',
  404: 'not_found',
  405: 'not_found',
  408: 'request_timeout',
  410: 'not_found',
  413: 'too_large',
  414: 'url_too_long',
  415: 'unsupported_type',
  429: 'rate_limited',
  431: 'headers_too_large',
  503: 'overloaded',
}

/**
 * What is told about an error that the books did not throw. One that its thrower marks with a 4xx status is the fault of
 * the request, and never becomes a 500.
 */
export function foreignRefusal(error: unknown): ForeignRefusal {
  if (!(error instanceof Error)) return refusalWith('internal_error')
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown }
  const name = typeof code === 'string' ? code : ''
  const status = typeof statusCode === 'number' ? statusCode : 500
  return refusalWith(codesOfFastify[name] ?? codeOfStatus(status), detailsOfFastify[name])
}

/** The detail for each code, unless the error itself gives a better one. */
export function refusalWith(code: ForeignCode, detail: string = details[code]): ForeignRefusal {
  return { code, detail }
}

/** A 4xx that has no code of its own, such as 418, is told as 400. */
function codeOfStatus(status: number): ForeignCode {
  const isOfTheRequest = status >= 400 && status < 500
  return codesOfStatus[status] ?? (isOfTheRequest ? 'invalid_header' : 'internal_error')
}
