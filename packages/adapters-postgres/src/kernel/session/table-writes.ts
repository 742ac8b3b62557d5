import type { Statement } from './statement.ts'

/** One column as it is written: its type in SQL and its value of a row. */
export interface Column<Row> {
  readonly name: string
  readonly type: string
  readonly of: (row: Row) => unknown
  /** Made of other columns, for searches and constraints. It is written and never read back. */
  readonly isDerived?: true
}

/** The columns that a row is read from, as a list in SQL. */
export function fieldsOf<Row>(columns: readonly Column<Row>[]): string {
  return columns
    .filter(({ isDerived }) => isDerived !== true)
    .map(({ name }) => name)
    .join(', ')
}

/** What one staged write becomes, alone or with others of its kind. */
export interface WriteKind<Row> {
  /** Never put together with others of its kind. */
  readonly isAlone?: boolean
  readonly idOf: (row: Row) => string
  statement(ownerId: string, rows: readonly Row[]): Statement
  /** What it means that a row with this id was not there to be written; by default, that somebody else changed it. */
  readonly missed?: (id: string, cause: unknown) => Error
  /** What a broken constraint means for these rows; `null` when it is none that a caller can break. */
  readonly refusal?: (broken: BrokenConstraint, rows: readonly Row[]) => Promise<Error | null>
}

/** A constraint that refused, and a way to look into the books that refused. */
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

/** An array of arrays is no type of PostgreSQL: inner ones travel as text. */
function elementType(type: string): string {
  return type.endsWith('[]') ? 'text' : type
}

function element(type: string, value: unknown): unknown {
  return type.endsWith('[]') && Array.isArray(value) ? `{${value.join(',')}}` : value
}

function selected<Row>({ name, type }: Column<Row>): string {
  return type.endsWith('[]') ? `x.${name}::${type}` : `x.${name}`
}

/** Values of many rows, one array for each column. */
function arraysOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): unknown[] {
  return columns.map(({ type, of }) => rows.map((row) => element(type, of(row))))
}

function unnest<Row>(columns: readonly Column<Row>[], first: number): string {
  const arrays = columns.map(({ type }, index) => `$${first + index}::${elementType(type)}[]`)
  return `unnest(${arrays.join(', ')}) as x (${columns.map(({ name }) => name).join(', ')})`
}

/** `otherwise` is what to do with a row that is there already. */
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

/** Raises in the server when it does not touch exactly its rows, because the commit is already sent after it. */
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

/** A write that must meet the row with id `$2`, and returns the ids of those it met. */
function requireOne(kind: string, write: string): string {
  return `with touched as (${write})
    select daftari.require_rows((select count(*) from touched), 1, '${kind}', $2::text)`
}

/** A write that must meet every row with an id in `$2`; the refusal names one that it missed. */
export function requireAll(kind: string, write: string): string {
  return `with touched as (${write}), met as (select count(*) as rows from touched)
    select daftari.require_rows(met.rows, cardinality($2::uuid[]), '${kind}',
      case when met.rows < cardinality($2::uuid[]) then (select wanted::text from unnest($2::uuid[]) wanted
        where not exists (select from touched where touched.id = wanted) limit 1) end) from met`
}

/** One row to be written, with what it is of. */
export interface StagedWrite {
  readonly type: 'write'
  readonly kind: WriteKind<unknown>
  readonly id: string
  readonly row: unknown
}

/** Forgets the row's type: a batch holds rows of many. The kind keeps it, and only it looks inside. */
export function stagedWrite<Row>(kind: WriteKind<Row>, row: Row): StagedWrite {
  return { type: 'write', kind: kind as WriteKind<unknown>, id: kind.idOf(row), row }
}
