import { Table } from './table.ts'

declare const rowKind: unique symbol

/** The name and the row type of a table that only its own context uses. */
export interface OwnTable<Row> {
  readonly name: string
  readonly [rowKind]?: Row
}

/** Names must be unique among all contexts. Use the name of the table in PostgreSQL. */
export function ownTable<Row>(name: string): OwnTable<Row> {
  return { name }
}

/** The tables of one owner that only their own contexts use. Each is created on first use. */
export class OwnTables {
  readonly #below: OwnTables | null
  readonly #tables = new Map<string, Table<unknown>>()

  constructor(below: OwnTables | null = null) {
    this.#below = below
  }

  of<Row>({ name }: OwnTable<Row>): Table<Row> {
    // The cast is safe: a name has rows of one type only, but the compiler cannot see that through a map.
    return this.#named(name) as Table<Row>
  }

  fork(): OwnTables {
    return new OwnTables(this)
  }

  absorb(fork: OwnTables): void {
    for (const [name, table] of fork.#tables) this.#named(name).absorb(table)
  }

  #named(name: string): Table<unknown> {
    const known = this.#tables.get(name)
    if (known !== undefined) return known
    const table = this.#below === null ? new Table<unknown>() : this.#below.#named(name).fork()
    this.#tables.set(name, table)
    return table
  }
}
