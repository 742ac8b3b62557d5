import type { Instant } from '@daftari/domain'
import type { Owned } from '../kernel/sql/kernel-tables.ts'

export interface FilesTables {
  'daftari.attachment': Owned & {
    id: string
    file_name: string
    content_type: string
    size_bytes: bigint
    sha256: string
    state: 'staged' | 'linked'
    expires_at: Instant | null
    store_id: string
    created_at: Instant
    created_by: string
    updated_at: Instant
  }
}
