import { type ApiKey, type ApiKeyId, formatInstant, type Instant, type KeyScope } from '@daftari/domain'
import { type RecordedRow, recordedColumns, recordedOf } from '../kernel/columns.ts'
import {
  type Column,
  fieldsOf,
  insertInto,
  updateOf,
  type VersionedWrite,
  type WriteKind,
} from '../kernel/session/table-writes.ts'

export interface ApiKeyRow extends RecordedRow {
  readonly owner_id: string
  readonly id: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly expires_at: Instant | null
  readonly revoked_at: Instant | null
  readonly last_used_at: Instant | null
}

const columns: readonly Column<ApiKey>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'name', type: 'text', of: ({ name }) => name },
  { name: 'scopes', type: 'text[]', of: ({ scopes }) => scopes },
  { name: 'expires_at', type: 'timestamptz', of: ({ expiresAt }) => time(expiresAt) },
  { name: 'revoked_at', type: 'timestamptz', of: ({ revokedAt }) => time(revokedAt) },
  ...recordedColumns,
]

/** The hash is written and never read back, and when a key was used last is written by another statement. */
export const API_KEY_FIELDS: string = `owner_id, ${fieldsOf(columns)}, last_used_at`

type HashedKey = ApiKey & { readonly hash: string }

export const insertApiKey: WriteKind<HashedKey> = insertInto<HashedKey>('api_key', [
  ...columns,
  { name: 'hash', type: 'text', of: ({ hash }) => hash },
])
export const updateApiKey: WriteKind<VersionedWrite<ApiKey>> = updateOf<ApiKey>('api_key', columns)

export function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id as ApiKeyId,
    name: row.name,
    scopes: row.scopes,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    ...recordedOf(row),
  }
}

function time(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
