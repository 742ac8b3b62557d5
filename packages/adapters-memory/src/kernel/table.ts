/** Rows by id. A fork sees the rows of its parent and keeps its own changes until they are merged into the parent or dropped. */
export class Table<Row> {
  readonly #below: Table<Row> | null
  readonly #own = new Map<string, Row | null>()

  constructor(below: Table<Row> | null = null) {
    this.#below = below
  }

  get(id: string): Row | null {
    const own = this.#own.get(id)
    return own === undefined ? (this.#below?.get(id) ?? null) : own
  }

  *values(): Generator<Row> {
    if (this.#below !== null) {
      for (const [id, row] of this.#below.entries()) if (!this.#own.has(id)) yield row
    }
    for (const row of this.#own.values()) if (row !== null) yield row
  }

  *entries(): Generator<[string, Row]> {
    if (this.#below !== null) {
      for (const entry of this.#below.entries()) if (!this.#own.has(entry[0])) yield entry
    }
    for (const [id, row] of this.#own) if (row !== null) yield [id, row]
  }

  set(id: string, row: Row): void {
    this.#own.set(id, row)
  }

  delete(id: string): void {
    if (this.#below === null) this.#own.delete(id)
    else this.#own.set(id, null)
  }

  fork(): Table<Row> {
    return new Table(this)
  }

  absorb(fork: Table<Row>): void {
    for (const [id, row] of fork.#own) {
      if (row === null) this.delete(id)
      else this.set(id, row)
    }
  }
}
