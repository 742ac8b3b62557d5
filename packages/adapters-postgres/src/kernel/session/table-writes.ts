import type { Statement } from './statement.ts'

/** One column of a table: its SQL type and how to get its value from a row. */
export interface Column<Row> {
  readonly name: string
  readonly type: string
  readonly of: (row: Row) => unknown
  /** Derived from other columns, for searches and constraints. It is written but never read. */
  readonly isDerived?: true
}

/** The columns to read, as a list in SQL. */
export function fieldsOf<Row>(columns: readonly Column<Row>[]): string {
  return columns
    .filter(({ isDerived }) => isDerived !== true)
    .map(({ name }) => name)
    .join(', ')
}

/** How staged writes of one kind become a statement, for one row or many. */
export interface WriteKind<Row> {
  /** Each write of this kind needs its own statement. */
  readonly isAlone?: boolean
  readonly idOf: (row: Row) => string
  statement(ownerId: string, rows: readonly Row[]): Statement
  /** The error when the row with this id was not found; by default `concurrent_change`. */
  readonly missed?: (id: string, cause: unknown) => Error
  /** The error for a violated constraint, or `null` when callers cannot violate it. */
  readonly refusal?: (broken: BrokenConstraint, rows: readonly Row[]) => Promise<Error | null>
}

/** A violated constraint, and a way to query the database about it. */
export interface BrokenConstraint {
  readonly constraint: string
  readonly ownerId: string
  readonly cause: unknown
  readonly look: <Row>(statement: Statement) => Promise<readonly Row[]>
}

export interface VersionedWrite<State> {
  readonly state: State
  readonly expectedVersion: number
}

/** PostgreSQL has no arrays of arrays with different lengths, so inner arrays are sent as text. */
function elementType(type: string): string {
  return type.endsWith('[]') ? 'text' : type
}

function element(type: string, value: unknown): unknown {
  return type.endsWith('[]') && Array.isArray(value) ? `{${value.join(',')}}` : value
}

function selected<Row>({ name, type }: Column<Row>): string {
  return type.endsWith('[]') ? `x.${name}::${type}` : `x.${name}`
}

/** The values of many rows as one array per column. */
function arraysOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): unknown[] {
  return columns.map(({ type, of }) => rows.map((row) => element(type, of(row))))
}

function unnest<Row>(columns: readonly Column<Row>[], first: number): string {
  const arrays = columns.map(({ type }, index) => `$${first + index}::${elementType(type)}[]`)
  return `unnest(${arrays.join(', ')}) as x (${columns.map(({ name }) => name).join(', ')})`
}

/** `otherwise` is the `on conflict` clause for a row that already exists. */
export function insertInto<Row extends { readonly id: string }>(
  table: string,
  columns: readonly Column<Row>[],
  otherwise = '',
): WriteKind<Row> {
  const names = columns.map(({ name }) => name).join(', ')
  const places = columns.map((_, index) => `$${index + 2}`).join(', ')
  const one = `insert into daftari.${table} (owner_id, ${names}) values ($1, ${places}) ${otherwise}`
  const many = `insert into daftari.${table} (owner_id, ${names})
    select $1, ${columns.map(selected).join(', ')} from ${unnest(columns, 2)} ${otherwise}`
  return {
    idOf: ({ id }) => id,
    statement(ownerId, rows) {
      const [row] = rows
      return rows.length === 1 && row !== undefined
        ? { text: one, values: [ownerId, ...columns.map(({ of }) => of(row))] }
        : { text: many, values: [ownerId, ...arraysOf(columns, rows)] }
    },
  }
}

/**
 * The statement raises an error in the server when it does not change exactly its rows. The client cannot check the
 * count itself, because the commit is already sent in the same batch.
 */
export function updateOf<State extends { readonly id: string }>(
  table: string,
  columns: readonly Column<State>[],
): WriteKind<VersionedWrite<State>> {
  const changing = columns.filter(({ name }) => name !== 'id')
  const all: readonly Column<VersionedWrite<State>>[] = [
    { name: 'id', type: 'uuid', of: ({ state }) => state.id },
    { name: 'expected_version', type: 'integer', of: ({ expectedVersion }) => expectedVersion },
    ...changing.map(({ name, type, of }) => ({
      name,
      type,
      of: ({ state }: VersionedWrite<State>) => of(state),
    })),
  ]
  const one = requireOne(
    table,
    `update daftari.${table} set ${changing.map(({ name }, index) => `${name} = $${index + 4}`).join(', ')}
      where owner_id = $1 and id = $2 and version = $3 returning id`,
  )
  const many = requireAll(
    table,
    `update daftari.${table} t set ${changing.map((column) => `${column.name} = ${selected(column)}`).join(', ')}
      from ${unnest(all, 2)} where t.owner_id = $1 and t.id = x.id and t.version = x.expected_version returning t.id`,
  )
  return {
    idOf: ({ state }) => state.id,
    statement(ownerId, rows) {
      const [row] = rows
      return rows.length === 1 && row !== undefined
        ? { text: one, values: [ownerId, ...all.map(({ of }) => of(row))] }
        : { text: many, values: [ownerId, ...arraysOf(all, rows)] }
    },
  }
}

export function deleteFrom<State extends { readonly id: string; readonly version: number }>(
  table: string,
): WriteKind<State> {
  const text = requireAll(
    table,
    `delete from daftari.${table} t using unnest($2::uuid[], $3::integer[]) as x (id, version)
      where t.owner_id = $1 and t.id = x.id and t.version = x.version returning t.id`,
  )
  return {
    idOf: ({ id }) => id,
    statement: (ownerId, rows) => ({
      text,
      values: [ownerId, rows.map(({ id }) => id), rows.map(({ version }) => version)],
    }),
  }
}

/** Wraps a write that must change the row with id `$2`, and raises otherwise. */
function requireOne(kind: string, write: string): string {
  return `with touched as (${write})
    select daftari.require_rows((select count(*) from touched), 1, '${kind}', $2::text)`
}

/** Wraps a write that must change every row with an id in `$2`. The error names one that was not found. */
export function requireAll(kind: string, write: string): string {
  return `with touched as (${write}), met as (select count(*) as rows from touched)
    select daftari.require_rows(met.rows, cardinality($2::uuid[]), '${kind}',
      case when met.rows < cardinality($2::uuid[]) then (select wanted::text from unnest($2::uuid[]) wanted
        where not exists (select from touched where touched.id = wanted) limit 1) end) from met`
}

/** One row to be written, with the kind of the write. */
export interface StagedWrite {
  readonly type: 'write'
  readonly kind: WriteKind<unknown>
  readonly id: string
  readonly row: unknown
}

/** Erases the type of the row, because a batch contains rows of many types. Only the kind, which knows the type, reads the row. */
export function stagedWrite<Row>(kind: WriteKind<Row>, row: Row): StagedWrite {
  return { type: 'write', kind: kind as WriteKind<unknown>, id: kind.idOf(row), row }
}
