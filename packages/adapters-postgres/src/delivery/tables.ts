import type { Instant } from '@daftari/domain'
import type { Owned } from '../kernel/sql/kernel-tables.ts'

export interface DeliveryTables {
  'daftari.subscription': Owned & {
    id: string
    kind: 'webhook' | 'handler'
    name: string
    event_types: string[]
    is_enabled: boolean
    created_at: Instant
    version: number
    created_by: string
    updated_at: Instant
    is_paused: boolean
    consecutive_failures: number
    open_until: Instant | null
    /** The time since when the subscription has its event types. */
    hears_since: Instant
    /** Deliveries that were finished before this time may have been removed. */
    cleaned_before: Instant | null
  }
  'daftari.delivery': Owned & {
    subscription_id: string
    event_id: string
    aggregate_id: string
    aggregate_version: number
    status: 'pending' | 'delivered' | 'dead' | 'parked' | 'cancelled'
    attempts: number
    next_attempt_at: Instant
    created_at: Instant
    failures: number
    lost: number
    claim_token: bigint | null
    last_error: string | null
    finished_at: Instant | null
    arrived_at: Instant | null
    arrived_ms: number | null
  }
  'daftari.delivery_attempt': Owned & {
    subscription_id: string
    event_id: string
    number: number
    at: Instant
    duration_ms: number
    error: string | null
  }
  'daftari.dispatch_shard': {
    shard: number
    holder: string | null
    held_until: Instant | null
    token: bigint
  }
  'daftari.dispatcher': { id: string; seen_until: Instant }
}
