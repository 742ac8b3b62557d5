/** The codes of an invalid input field. */
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
  | 'empty_file'

/** One invalid field of an input: its JSON pointer, the error code, and a sentence. */
export interface FieldError {
  readonly pointer: string
  readonly code: FieldErrorCode
  readonly detail: string
}
