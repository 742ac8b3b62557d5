import type { AggregateType, EventRecord, EventType } from '@daftari/application'
import type { Instant } from '@daftari/domain'

export interface EventRow {
  readonly id: string
  readonly owner_id: string
  readonly type: EventType
  readonly aggregate_type: AggregateType
  readonly aggregate_id: string
  readonly aggregate_version: number
  readonly at: Instant
  readonly actor_id: string
  readonly body: string
}

export const EVENT_FIELDS = `id, owner_id, type, aggregate_type, aggregate_id, aggregate_version, at, actor_id, body`

export function eventOf(row: EventRow): EventRecord {
  return {
    id: row.id,
    ownerId: row.owner_id,
    type: row.type,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    aggregateVersion: row.aggregate_version,
    at: row.at,
    actorId: row.actor_id,
    body: row.body,
  }
}
