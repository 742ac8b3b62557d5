import type { WireCode } from './problem-code.ts'

/** A refusal from outside the use cases: by Fastify, by one of its plugins, or by a hook of the host. */
export interface ForeignRefusal {
  readonly code: ForeignCode
  readonly detail: string
}

type ForeignCode = WireCode | 'not_found' | 'overloaded'

const details: Readonly<Record<ForeignCode, string>> = {
  invalid_header: 'A header of the request is not valid.',
  malformed_multipart: 'The body is not a complete form in multipart/form-data.',
  malformed_json: 'The body is not valid JSON in UTF-8.',
  unauthenticated: 'The request is not authenticated. Send a valid API key or token.',
  scope_missing: 'The key does not have the permission for this request.',
  not_found: 'There is no resource at this URL.',
  request_timeout: 'The request took too long to arrive.',
  too_large: 'The body is larger than the limit of this route.',
  url_too_long: 'The URL, or a part of its path, is longer than the limit.',
  unsupported_type: 'This route does not accept the content type of the body.',
  rate_limited: 'There were too many requests. Repeat the request later.',
  headers_too_large: 'The headers are larger than the limit.',
  overloaded: 'The service is overloaded at the moment. Nothing was stored. Repeat the request later.',
  internal_error: 'An unexpected error occurred. The log has it under the request id.',
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
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'Content-Length does not match the length of the body.',
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
 * The problem for an error from outside the use cases. An error with a 4xx status is an error of the client, so it
 * never becomes a 500.
 */
export function foreignRefusal(error: unknown): ForeignRefusal {
  if (!(error instanceof Error)) return refusalWith('internal_error')
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown }
  const name = typeof code === 'string' ? code : ''
  const status = typeof statusCode === 'number' ? statusCode : 500
  return refusalWith(codesOfFastify[name] ?? codeOfStatus(status), detailsOfFastify[name])
}

/** A refusal with the default detail of its code, or with a better one. */
export function refusalWith(code: ForeignCode, detail: string = details[code]): ForeignRefusal {
  return { code, detail }
}

/** A 4xx status without an error code, such as 418, is reported as 400. */
function codeOfStatus(status: number): ForeignCode {
  const isOfTheRequest = status >= 400 && status < 500
  return codesOfStatus[status] ?? (isOfTheRequest ? 'invalid_header' : 'internal_error')
}
