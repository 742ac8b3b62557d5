import type { Instant } from '@daftari/domain'

export interface Owned {
  owner_id: string
}

export interface Recorded {
  version: number
  created_at: Instant
  created_by: string
  updated_at: Instant
}

export interface KernelTables {
  'daftari.owner': {
    id: string
    name: string | null
    time_zone: string
    created_at: Instant
    created_by: string
  }
  'daftari.event': Owned & {
    id: string
    type: string
    aggregate_type: string
    aggregate_id: string
    aggregate_version: number
    at: Instant
    actor_id: string
    body: string
    xid: string
    seq: bigint
  }
  'daftari.idempotency': Owned & { key: string; fingerprint: string; result: string; expires_at: Instant }
}
