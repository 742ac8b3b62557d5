import { counted, type ErrorMessages } from './error-messages.ts'
import type { FieldError } from './field-error.ts'

type NoDetails = Readonly<Record<string, never>>

/** The codes that belong to no context: about any record, any input, and the place where the books are kept. */
export interface KernelErrors {
  readonly not_found: { readonly kind: string; readonly id: string }
  readonly idempotency_in_progress: NoDetails
  readonly concurrent_change: { readonly kind: string; readonly id: string }
  readonly precondition_required: { readonly kind: string; readonly id: string }
  readonly validation_failed: { readonly errors: readonly FieldError[] }
  readonly idempotency_key_reused: NoDetails
  readonly invalid_cursor: {
    /** The cursor was right until the books were loaded from a dump. */
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
  idempotency_in_progress: () => 'A request with this idempotency key is still being carried out.',
  concurrent_change: ({ kind, id }) => `The ${kind} ${id} was changed by somebody else in the meantime.`,
  precondition_required: ({ kind, id }) => `Say which version of the ${kind} ${id} is to be changed.`,
  validation_failed: ({ errors }) => `The input has ${counted(errors.length, 'fault')}.`,
  idempotency_key_reused: () => 'This idempotency key was used before, for another request.',
  invalid_cursor: ({ isOfOtherEpoch = false }) =>
    isOfOtherEpoch
      ? 'The books were loaded from a dump since this cursor was handed out. Begin anew without a cursor, and pass over the events whose id you know.'
      : 'The cursor is not one that was handed out for this list.',
  invalid_query: ({ detail }) => detail,
  outcome_unknown: () => 'The connection was lost before it was known whether the change was stored.',
  unavailable: () => 'The books cannot be reached at the moment.',
  storage_full: () => 'There is no room left to store anything.',
  overloaded: () => 'There is too much to do at the moment.',
}
