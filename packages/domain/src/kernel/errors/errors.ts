import { counted, type ErrorMessages } from './error-messages.ts'
import type { FieldError } from './field-error.ts'

type NoDetails = Readonly<Record<string, never>>

/** The error codes that belong to no single context: errors about any record, any input, or the store. */
export interface KernelErrors {
  readonly not_found: { readonly kind: string; readonly id: string }
  readonly idempotency_in_progress: NoDetails
  readonly concurrent_change: { readonly kind: string; readonly id: string }
  readonly precondition_required: { readonly kind: string; readonly id: string }
  readonly validation_failed: { readonly errors: readonly FieldError[] }
  readonly idempotency_key_reused: NoDetails
  readonly invalid_cursor: {
    /** `true` when the cursor was valid until the books were restored from a dump. */
    readonly isOfOtherEpoch?: boolean
  }
  readonly invalid_query: {
    readonly parameter: string
    readonly nearest?: string | null
    readonly detail: string
  }
  readonly outcome_unknown: NoDetails
  readonly unavailable: NoDetails
  readonly storage_full: NoDetails
  readonly overloaded: NoDetails
}

export const kernelMessages: ErrorMessages<KernelErrors> = {
  not_found: ({ kind, id }) => `There is no ${kind} ${id}.`,
  idempotency_in_progress: () => 'A request with this idempotency key is still in progress. Repeat it later.',
  concurrent_change: ({ kind, id }) =>
    `The ${kind} ${id} was changed by another request in the meantime. Read it again and repeat the change.`,
  precondition_required: ({ kind, id }) =>
    `The version of the ${kind} ${id} is missing. Send the version that you have read.`,
  validation_failed: ({ errors }) => `The input has ${counted(errors.length, 'invalid field')}.`,
  idempotency_key_reused: () =>
    'This idempotency key was already used for a different request. Choose a new key.',
  invalid_cursor: ({ isOfOtherEpoch = false }) =>
    isOfOtherEpoch
      ? 'The books were restored from a dump after this cursor was issued. Start again without a cursor and skip the events whose id you have already processed.'
      : 'The cursor was not issued for this list, its filters and its sort. Start again without a cursor.',
  invalid_query: ({ detail }) => detail,
  outcome_unknown: () =>
    'The connection was lost before the store confirmed the change. Repeat the request with the same idempotency key, or read the record.',
  unavailable: () =>
    'The store cannot be reached at the moment. Nothing was stored. Repeat the request later.',
  storage_full: () => 'The store is full. Nothing was stored. Free some space and repeat the request.',
  overloaded: () => 'The service is overloaded at the moment. Nothing was stored. Repeat the request later.',
}
