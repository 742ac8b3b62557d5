import { formatInstant, type Instant } from '@daftari/domain'
import { type AggregateType, type DomainEvent, type EventType, recordJson } from '../../contexts.ts'

/** An event as it is stored: the columns by which it is found, and the exact text that is sent and signed. */
export interface EventRecord {
  readonly id: string
  readonly ownerId: string
  readonly type: EventType
  readonly aggregateType: AggregateType
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly at: Instant
  readonly actorId: string
  /** A CloudEvents 1.0 envelope in JSON. */
  readonly body: string
}

/** Makes the stored form of an event. Every adapter uses it. */
export function eventRecord(
  { ownerId, actorId }: { readonly ownerId: string; readonly actorId: string },
  id: string,
  event: DomainEvent,
): EventRecord {
  const { type, aggregateType, aggregateId, version, at } = event
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: `/owners/${ownerId}`,
    type,
    subject: aggregateId,
    time: formatInstant(at),
    datacontenttype: 'application/json',
    aggregatetype: aggregateType,
    aggregateversion: version,
    actor: actorId,
    data: recordJson(event),
  })
  return { id, ownerId, type, aggregateType, aggregateId, aggregateVersion: version, at, actorId, body }
}
