/** What our own writes store, so that others store as much. */
export interface Texts {
  readonly expense: Stored
  readonly payment: Stored
}

export interface Stored {
  readonly event: string
  readonly answer: string
}
