import { type DomainErrorCode, type DomainErrorDetails, errorMessages } from '../../error-details.ts'

// A registered symbol, so that two copies of this package in one process recognise each other's errors.
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
      options.message ?? errorMessages[code](details),
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

/** Whether `error` is a `DomainError`; when a code is given, whether it has that code. */
export function isDomainError(error: unknown): error is AnyDomainError
export function isDomainError<C extends DomainErrorCode>(error: unknown, code: C): error is DomainError<C>
export function isDomainError(error: unknown, code?: DomainErrorCode): boolean {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || ('code' in error && error.code === code)
}
