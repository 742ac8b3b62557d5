import type { Owner } from '@daftari/domain'
import { Table } from '../kernel/table.ts'
import type { StoredApiKey } from './stored-api-key.ts'

export interface AccessBooks {
  /** At most one row, under the owner's id. */
  readonly owners: Table<Owner>
  readonly apiKeys: Table<StoredApiKey>
}

export function accessBooks(): AccessBooks {
  return { owners: new Table(), apiKeys: new Table() }
}
