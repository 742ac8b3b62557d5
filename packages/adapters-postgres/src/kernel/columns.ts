import { formatInstant, type Instant, type Recorded } from '@daftari/domain'
import type { Column } from './session/table-writes.ts'

/** The last columns of every record. */
export const recordedColumns: readonly Column<Recorded>[] = [
  { name: 'version', type: 'integer', of: ({ version }) => version },
  { name: 'created_at', type: 'timestamptz', of: ({ createdAt }) => formatInstant(createdAt) },
  { name: 'created_by', type: 'text', of: ({ createdBy }) => createdBy },
  { name: 'updated_at', type: 'timestamptz', of: ({ updatedAt }) => formatInstant(updatedAt) },
]

export interface RecordedRow {
  readonly version: number
  readonly created_at: Instant
  readonly created_by: string
  readonly updated_at: Instant
}

export function recordedOf(row: RecordedRow): Recorded {
  return {
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
  }
}
