import { DomainError } from '@daftari/domain'
import type { Table } from './table.ts'

interface VersionedRow {
  readonly id: string
  readonly version: number
}

/** Adds a frozen copy of the row. An id that already exists is a defect of the caller. */
export function insertRow<Row extends VersionedRow>(table: Table<Row>, row: Row): void {
  if (table.get(row.id) !== null) throw new Error(`${row.id} is stored already`)
  table.set(row.id, row)
}

/** @throws concurrent_change, when the row does not exist or has another version */
export function requireRow<Row extends VersionedRow>(
  kind: string,
  table: Table<Row>,
  id: string,
  expectedVersion: number,
): Row {
  const row = table.get(id)
  if (row?.version === expectedVersion) return row
  throw new DomainError('concurrent_change', { kind, id })
}

export function updateRow<Row extends VersionedRow>(
  kind: string,
  table: Table<Row>,
  row: Row,
  expectedVersion: number,
): void {
  requireRow(kind, table, row.id, expectedVersion)
  table.set(row.id, row)
}
