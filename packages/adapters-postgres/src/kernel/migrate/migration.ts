/** One step of the schema, and the way back. Names sort in the order of the steps. */
export interface Migration {
  readonly name: string
  readonly up: string
  /**
   * What `daftari_app` may do with what this step made, and everybody else may not. `up` has it in it; after loading a
   * dump, which holds no roles, it is run again by itself.
   */
  readonly rights?: string
  readonly down: string
}
