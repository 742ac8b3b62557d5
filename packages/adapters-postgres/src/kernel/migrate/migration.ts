/** One migration of the schema, with `up` and `down`. Names sort in the order of the migrations. */
export interface Migration {
  readonly name: string
  readonly up: string
  /**
   * The statements that grant rights on the new objects to `daftari_app` and revoke them from all others. `up` includes
   * them. After a restore from a dump, which contains no roles, they are run again on their own.
   */
  readonly rights?: string
  readonly down: string
}
