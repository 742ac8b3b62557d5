import { Table } from './table.ts'

declare const rowKind: unique symbol

/** Names a table that only its own context looks into, and says what its rows are. */
export interface OwnTable<Row> {
  readonly name: string
  readonly [rowKind]?: Row
}

/** Names are unique among all contexts: name the table as PostgreSQL does. */
export function ownTable<Row>(name: string): OwnTable<Row> {
  return { name }
}

/** The tables of one owner that stand in no list. Each is made when it is first asked for. */
export class OwnTables {
  readonly #below: OwnTables | null
  readonly #tables = new Map<string, Table<unknown>>()

  constructor(below: OwnTables | null = null) {
    this.#below = below
  }

  of<Row>({ name }: OwnTable<Row>): Table<Row> {
    // Under one name there are only rows of one kind, which the compiler does not follow through a map.
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
