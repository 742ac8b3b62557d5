import type { ErrorMeanings } from './error-meaning.ts'

export const kernelErrors = {
  invalid_query: {
    status: 'malformed',
    title: 'A query parameter cannot be used',
    remedy: 'Correct the parameter. For an unknown parameter, the answer names the nearest known one.',
    details: ['parameter', 'nearest', 'detail'],
  },
  invalid_cursor: {
    status: 'malformed',
    title: 'The cursor cannot be used',
    remedy:
      'Start from the first page. A cursor is valid only with the filters and the sort of the list that issued it. A cursor of the feed also becomes invalid when the books are restored from a dump (`isOfOtherEpoch`): start again without a cursor and skip the events whose id you have already processed.',
    details: ['isOfOtherEpoch'],
  },
  not_found: {
    status: 'absent',
    title: 'Not found',
    remedy: 'Check the id. The record was deleted, never existed, or belongs to another owner.',
    details: ['kind', 'id'],
  },
  idempotency_in_progress: {
    status: 'conflict',
    title: 'The same request is still in progress',
    remedy: 'Repeat the same request a moment later.',
    details: [],
  },
  concurrent_change: {
    status: 'stale',
    title: 'The record was changed in the meantime',
    remedy: 'Read the record again, look at what changed, and repeat the change with its new version.',
    details: ['kind', 'id'],
  },
  validation_failed: {
    status: 'invalid',
    title: 'The input has invalid fields',
    remedy: 'Correct the fields that `errors` points at. The next table explains their codes.',
    details: ['errors'],
  },
  idempotency_key_reused: {
    status: 'invalid',
    title: 'The idempotency key belongs to another request',
    remedy: 'Use a new key for each new request.',
    details: [],
  },
  precondition_required: {
    status: 'version_missing',
    title: 'If-Match is required',
    remedy: 'Send the version that you have read: `If-Match` over HTTP, `version` in the library.',
    details: ['kind', 'id'],
  },
  unavailable: {
    status: 'unavailable',
    title: 'The store cannot be reached',
    remedy: 'Repeat the request later; nothing was stored.',
    details: [],
  },
  overloaded: {
    status: 'unavailable',
    title: 'The service is overloaded',
    remedy: 'Repeat the request later; nothing was stored.',
    details: [],
  },
  outcome_unknown: {
    status: 'unavailable',
    title: 'It is not known whether the change was stored',
    remedy:
      'Repeat the request with the same idempotency key, or read the record to see whether the change was stored.',
    details: [],
  },
  storage_full: {
    status: 'full',
    title: 'The store is full',
    remedy: 'Free some space in the store and repeat the request; nothing was stored.',
    details: [],
  },
} as const satisfies Partial<ErrorMeanings>
