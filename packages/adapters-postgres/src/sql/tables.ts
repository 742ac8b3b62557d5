import type { Instant } from '@daftari/domain'

interface Owned {
  owner_id: string
}

interface Recorded {
  version: number
  created_at: Instant
  created_by: string
  updated_at: Instant
}

/** The tables as they are read. A test holds this to the schema. */
export interface Tables {
  'daftari.owner': {
    id: string
    name: string | null
    time_zone: string
    created_at: Instant
    created_by: string
  }
  'daftari.settings': Owned & {
    version: number
    time_zone: string
    base_currency: string
    min_minor: bigint
    max_minor: bigint
    critical_days: number
    high_days: number
    medium_days: number
    max_categories: number
    created_at: Instant | null
    created_by: string | null
    updated_at: Instant | null
  }
  'daftari.category': Owned & Recorded & { id: string; name: string; name_key: string }
  'daftari.expense': Owned &
    Recorded & {
      id: string
      category_id: string
      amount_minor: bigint
      currency: string
      expense_date: string
      description: string | null
      words: string
      attachment_ids: string[]
    }
  'daftari.expense_word': Owned & { word: string; expense_date: string; expense_id: string }
  'daftari.attachment': Owned & {
    id: string
    file_name: string
    content_type: string
    size_bytes: bigint
    sha256: string
    state: 'staged' | 'linked'
    expires_at: Instant | null
    created_at: Instant
    created_by: string
    updated_at: Instant
  }
  'daftari.invoice': Owned &
    Recorded & {
      id: string
      status: 'pending' | 'partly_paid' | 'paid' | 'void'
      supplier_name: string
      supplier_tax_id: string | null
      supplier_iban: string | null
      supplier_key: string
      supplier_words: string
      number: string
      number_key: string
      issue_date: string | null
      due_date: string
      currency: string
      total_minor: bigint
      total_hundredths: bigint
      subtotal_minor: bigint | null
      tax_minor: bigint | null
      paid_minor: bigint
      notes: string | null
      words: string
      attachment_ids: string[]
      duplicate_reason: string | null
      void_reason: string | null
      urgency_level: 'overdue' | 'critical' | 'high' | 'medium' | 'low' | null
      urgency_reason: string | null
      urgency_set_by: string | null
      urgency_set_at: Instant | null
    }
  'daftari.invoice_word': Owned & { field: 'all' | 'supplier'; word: string; invoice_id: string }
  'daftari.payment': Owned & {
    id: string
    invoice_id: string
    amount_minor: bigint
    currency: string
    paid_on: string
    method: 'cash' | 'bank' | 'mobile_money' | 'card' | 'cheque'
    reference: string | null
    reversal_reason: string | null
    reversed_at: Instant | null
    reversed_by: string | null
    created_at: Instant
    created_by: string
    updated_at: Instant
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
  'daftari.subscription': Owned & {
    id: string
    kind: 'webhook' | 'handler'
    name: string
    event_types: string[]
    is_enabled: boolean
    created_at: Instant
    is_paused: boolean
    consecutive_failures: number
    open_until: Instant | null
    /** Since when its types of events are what they are; `null`: from the beginning. */
    hears_since: Instant | null
    /** What was finished before may be gone. */
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
