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
  | 'empty_file'

/** One fault of an input: where it is (a JSON pointer), what it is, and a sentence about it. */
export interface FieldError {
  readonly pointer: string
  readonly code: FieldErrorCode
  readonly detail: string
}
