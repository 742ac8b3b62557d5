type NoDetails = Readonly<Record<string, never>>

/** What can be wrong with one field of an input. */
export type FieldErrorCode =
  | 'amount_invalid'
  | 'amount_out_of_policy'
  | 'currency_not_allowed'
  | 'date_invalid'
  | 'date_in_future'
  | 'name_invalid'
  | 'text_invalid'
  | 'unknown_field'
  | 'totals_do_not_add_up'

/** One fault of an input: where it is (a JSON pointer), what it is, and a sentence about it. */
export interface FieldError {
  readonly pointer: string
  readonly code: FieldErrorCode
  readonly detail: string
}

/** Every code a rule can refuse with, and the facts that go with it. A new code is a line here and one in `messages`. */
export interface DomainErrorDetails {
  readonly not_found: { readonly kind: string; readonly id: string }
  readonly category_name_taken: { readonly name: string }
  readonly category_in_use: { readonly expenseCount: number }
  readonly category_limit_reached: { readonly limit: number }
  readonly invoice_probable_duplicate: { readonly twinId: string; readonly number: string }
  readonly invoice_already_settled: { readonly invoiceId: string }
  readonly invoice_void: { readonly invoiceId: string }
  readonly invoice_has_payments: { readonly paymentCount: number }
  readonly amount_frozen: { readonly invoiceId: string }
  readonly payment_exceeds_balance: { readonly balance: string; readonly currency: string }
  readonly payment_already_reversed: { readonly paymentId: string }
  readonly attachment_not_found: { readonly attachmentId: string; readonly pointer?: string }
  readonly base_currency_frozen: { readonly baseCurrency: string }
  readonly merge_too_large: { readonly expenseCount: number; readonly limit: number }
  readonly idempotency_in_progress: NoDetails
  readonly concurrent_change: { readonly kind: string; readonly id: string }
  readonly precondition_required: { readonly kind: string; readonly id: string }
  readonly validation_failed: { readonly errors: readonly FieldError[] }
  readonly category_not_found: { readonly categoryId: string; readonly pointer?: string }
  readonly idempotency_key_reused: NoDetails
  readonly invalid_cursor: NoDetails
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

/** The literal codes of refusals: the words of the contract, in the library as over HTTP. */
export type DomainErrorCode = keyof DomainErrorDetails

const messages: { readonly [C in DomainErrorCode]: (details: DomainErrorDetails[C]) => string } = {
  not_found: ({ kind, id }) => `There is no ${kind} ${id}.`,
  category_name_taken: ({ name }) => `Another category is already called "${name}".`,
  category_in_use: ({ expenseCount }) => `The category is used by ${counted(expenseCount, 'expense')}.`,
  category_limit_reached: ({ limit }) => `There can be at most ${counted(limit, 'category', 'categories')}.`,
  invoice_probable_duplicate: ({ twinId, number }) =>
    `This is probably invoice ${number} again, which is ${twinId}; give a duplicateReason if it is not.`,
  invoice_already_settled: ({ invoiceId }) => `The invoice ${invoiceId} is paid already.`,
  invoice_void: ({ invoiceId }) => `The invoice ${invoiceId} is void.`,
  invoice_has_payments: ({ paymentCount }) =>
    `The invoice has ${counted(paymentCount, 'payment')} that must be taken back first.`,
  amount_frozen: () => 'The amounts of the invoice are frozen since its first payment.',
  payment_exceeds_balance: ({ balance, currency }) => `Only ${balance} ${currency} is left to pay.`,
  payment_already_reversed: ({ paymentId }) => `The payment ${paymentId} was taken back already.`,
  attachment_not_found: ({ attachmentId }) => `There is no attachment ${attachmentId}.`,
  base_currency_frozen: ({ baseCurrency }) =>
    `The base currency stays ${baseCurrency}, because expenses were recorded in it.`,
  merge_too_large: ({ expenseCount, limit }) =>
    `The category has ${counted(expenseCount, 'expense')}; a merge moves at most ${limit}.`,
  idempotency_in_progress: () => 'A request with this idempotency key is still being carried out.',
  concurrent_change: ({ kind, id }) => `The ${kind} ${id} was changed by somebody else in the meantime.`,
  precondition_required: ({ kind, id }) => `Say which version of the ${kind} ${id} is to be changed.`,
  validation_failed: ({ errors }) => `The input has ${counted(errors.length, 'fault')}.`,
  category_not_found: ({ categoryId }) => `There is no category ${categoryId}.`,
  idempotency_key_reused: () => 'This idempotency key was used before, for another request.',
  invalid_cursor: () => 'The cursor is not one that was handed out for this list.',
  invalid_query: ({ detail }) => detail,
  outcome_unknown: () => 'The connection was lost before it was known whether the change was stored.',
  storage_full: () => 'There is no room left to store anything.',
  unavailable: () => 'The books cannot be reached at the moment.',
  overloaded: () => 'There is too much to do at the moment.',
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

// Registered, so that two copies of this package in one process recognise each other's errors.
const brand = Symbol.for('daftari.DomainError')

/** A refusal by a rule: a literal `code` and its typed `details`. Recognise it with `isDomainError`. */
export class DomainError<C extends DomainErrorCode = DomainErrorCode> extends Error {
  readonly code: C
  readonly details: DomainErrorDetails[C]

  constructor(
    code: C,
    details: DomainErrorDetails[C],
    options: { readonly message?: string; readonly cause?: unknown } = {},
  ) {
    super(
      options.message ?? messages[code](details),
      'cause' in options ? { cause: options.cause } : undefined,
    )
    this.code = code
    this.details = details
    Object.defineProperty(this, 'name', { value: 'DomainError' })
    Object.defineProperty(this, brand, { value: true })
  }
}

/** A domain error of any code; comparing `code` narrows `details`. */
export type AnyDomainError = { readonly [C in DomainErrorCode]: DomainError<C> }[DomainErrorCode]

/** Whether `error` is a refusal by a rule, and, when a code is given, that one. */
export function isDomainError(error: unknown): error is AnyDomainError
export function isDomainError<C extends DomainErrorCode>(error: unknown, code: C): error is DomainError<C>
export function isDomainError(error: unknown, code?: DomainErrorCode): boolean {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || ('code' in error && error.code === code)
}
