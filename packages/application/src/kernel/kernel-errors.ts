import type { ErrorMeanings } from './error-meaning.ts'

export const kernelErrors = {
  invalid_query: {
    status: 'malformed',
    title: 'A query parameter cannot be used',
    remedy: 'Correct the parameter; an unknown one is told with the nearest that exists.',
    details: ['parameter', 'nearest', 'detail'],
  },
  invalid_cursor: {
    status: 'malformed',
    title: 'The cursor cannot be used',
    remedy:
      'Start from the first page. A cursor works only with the filters and the sort it came from, and a cursor of the feed only until the books are loaded from a dump (`isOfOtherEpoch`): then begin anew, and pass over the events whose id you know.',
    details: ['isOfOtherEpoch'],
  },
  not_found: {
    status: 'absent',
    title: 'Not found',
    remedy: 'The record was deleted, never existed, or is in the books of another owner.',
    details: ['kind', 'id'],
  },
  idempotency_in_progress: {
    status: 'conflict',
    title: 'The same request is being carried out',
    remedy: 'Repeat the same request a moment later.',
    details: [],
  },
  concurrent_change: {
    status: 'stale',
    title: 'Changed in the meantime',
    remedy: 'Read the record again, look at what changed, and repeat the change with its new version.',
    details: ['kind', 'id'],
  },
  validation_failed: {
    status: 'invalid',
    title: 'The input has faults',
    remedy: 'Correct the fields that `errors` points at; the next table has its codes.',
    details: ['errors'],
  },
  idempotency_key_reused: {
    status: 'invalid',
    title: 'The idempotency key belongs to another request',
    remedy: 'Choose a new key for a new request.',
    details: [],
  },
  precondition_required: {
    status: 'version_missing',
    title: 'If-Match is required',
    remedy: 'Send the version that you saw: `If-Match` over HTTP, `version` in the library.',
    details: ['kind', 'id'],
  },
  unavailable: {
    status: 'unavailable',
    title: 'The books cannot be reached',
    remedy: 'Repeat the request later; nothing was stored.',
    details: [],
  },
  overloaded: {
    status: 'unavailable',
    title: 'Too much to do',
    remedy: 'Repeat the request later; nothing was stored.',
    details: [],
  },
  outcome_unknown: {
    status: 'unavailable',
    title: 'It is not known whether the change was stored',
    remedy: 'Repeat the request with the same idempotency key, or look whether the change is there.',
    details: [],
  },
  storage_full: {
    status: 'full',
    title: 'There is no room left',
    remedy: 'Make room where the books are kept; nothing was stored.',
    details: [],
  },
} as const satisfies Partial<ErrorMeanings>
