import type { Attempt, Delivery, DeliveryStats, DeliveryStatus } from '@daftari/application'
import type { Instant } from '@daftari/domain'

/** The columns of a delivery `d` with its subscription `s` and its event `e`. */
export const DELIVERY_FIELDS = `d.subscription_id, s.name, d.event_id, e.type, d.aggregate_id, d.aggregate_version,
  d.status, d.attempts, d.next_attempt_at, d.last_error, d.created_at`

export const JOINED_DELIVERY: string = `from daftari.delivery d
  join daftari.subscription s on s.owner_id = d.owner_id and s.id = d.subscription_id
  join daftari.event e on e.owner_id = d.owner_id and e.id = d.event_id`
export const ONE_DELIVERY: string = 'd.owner_id = $1 and d.subscription_id = $2 and d.event_id = $3'
export const FIND_DELIVERY: string = `select ${DELIVERY_FIELDS} ${JOINED_DELIVERY} where ${ONE_DELIVERY}`

export interface DeliveryRow {
  readonly subscription_id: string
  readonly name: string
  readonly event_id: string
  readonly type: string
  readonly aggregate_id: string
  readonly aggregate_version: number
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly next_attempt_at: Instant
  readonly last_error: string | null
  readonly created_at: Instant
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    subscriptionId: row.subscription_id,
    subscriptionName: row.name,
    eventId: row.event_id,
    eventType: row.type,
    aggregateId: row.aggregate_id,
    aggregateVersion: row.aggregate_version,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    lastError: row.last_error,
    createdAt: row.created_at,
  }
}

export interface AttemptRow {
  readonly number: number
  readonly at: Instant
  readonly duration_ms: number
  readonly error: string | null
}

export function attemptOf({ number, at, duration_ms: durationMs, error }: AttemptRow): Attempt {
  return { number, at, durationMs, error }
}

/** Counts deliveries by status and event type under this condition; the condition `true` counts those of all owners. */
export function statsText(condition: string): string {
  return `select d.status, e.type, count(*) as times,
      count(*) filter (where d.next_attempt_at <= clock_timestamp()) as due,
      count(*) filter (where d.last_error is not null) as failing, min(d.created_at) as oldest
    from daftari.delivery d join daftari.event e on e.owner_id = d.owner_id and e.id = d.event_id
    where ${condition} and d.status in ('pending', 'dead', 'parked') group by d.status, e.type`
}

export interface StatsRow {
  readonly status: 'pending' | 'dead' | 'parked'
  readonly type: string
  readonly times: bigint
  readonly due: bigint
  readonly failing: bigint
  readonly oldest: Instant
}

export function statsOf(rows: readonly StatsRow[]): DeliveryStats {
  const sum = (status: StatsRow['status'], of: (row: StatsRow) => bigint): number =>
    rows.filter((row) => row.status === status).reduce((total, row) => total + Number(of(row)), 0)
  const waiting = rows.filter(({ status }) => status !== 'dead')
  const byType: Record<string, number> = {}
  for (const { type, times } of waiting) byType[type] = (byType[type] ?? 0) + Number(times)
  const [oldestAt = null] = waiting.map(({ oldest }) => oldest).sort((a, b) => a - b)
  return {
    pending: sum('pending', ({ times }) => times),
    due: sum('pending', ({ due }) => due),
    failing: sum('pending', ({ failing }) => failing),
    dead: sum('dead', ({ times }) => times),
    parked: sum('parked', ({ times }) => times),
    oldestAt,
    byType,
  }
}
