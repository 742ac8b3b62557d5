import type { Instant } from '@daftari/domain'
import type { Owned, Recorded } from '../kernel/sql/kernel-tables.ts'

export interface AccessTables {
  'daftari.api_key': Owned &
    Recorded & {
      id: string
      name: string
      scopes: ('read' | 'write' | 'admin')[]
      hash: string
      expires_at: Instant | null
      revoked_at: Instant | null
      last_used_at: Instant | null
    }
}
