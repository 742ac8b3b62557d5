/** One step of the schema, and the way back. Names sort in the order of the steps. */
export interface Migration {
  readonly name: string
  readonly up: string
  readonly down: string
}
