import {
  type Delivery,
  type DeliveryStats,
  type DeliveryStatus,
  DISPATCH_SHARDS,
  EVENT_TYPES,
  type EventRecord,
} from '@daftari/application'
import type { Instant } from '@daftari/domain'
import type { MemoryBooks } from '../memory-books.ts'
import type { StoredDelivery, StoredSubscription } from './stored-delivery.ts'

export const UNFINISHED: readonly DeliveryStatus[] = ['pending', 'dead', 'parked']

export function deliveryKey(subscriptionId: string, eventId: string): string {
  return `${subscriptionId} ${eventId}`
}

export function shardOf({ aggregateId }: EventRecord): number {
  return Number.parseInt(aggregateId.slice(-2), 16) % DISPATCH_SHARDS
}

function isSubscribed({ subscription, isRemoved }: StoredSubscription, { type }: EventRecord): boolean {
  const isForAll = EVENT_TYPES.some((one) => one === type)
  const { eventTypes } = subscription
  return !isRemoved && (eventTypes.includes(type) || (eventTypes[0] === '*' && isForAll))
}

/** Writes one delivery for each subscription to the event's type, in the transaction that appends it. */
export function fanOut(books: MemoryBooks, event: EventRecord, now: Instant): void {
  const { subscriptions, deliveries, events } = books
  for (const stored of subscriptions.values()) {
    if (!isSubscribed(stored, event)) continue
    const { id } = stored.subscription
    const isBehindDead = (events.get(event.aggregateId) ?? []).some(
      (earlier) => deliveries.get(deliveryKey(id, earlier.id))?.status === 'dead',
    )
    const delivery = newDelivery(id, event, now)
    deliveries.set(deliveryKey(id, event.id), isBehindDead ? { ...delivery, status: 'parked' } : delivery)
  }
}

function newDelivery(subscriptionId: string, event: EventRecord, now: Instant): StoredDelivery {
  return {
    subscriptionId,
    event,
    status: 'pending',
    attempts: 0,
    failures: 0,
    lost: 0,
    claimToken: null,
    nextAttemptAt: now,
    lastError: null,
    createdAt: now,
    finishedAt: null,
    history: [],
  }
}

const A_MINUTE_MS = 60_000

/** Writes the deliveries that are missing, and gives their number. */
export function repair(books: MemoryBooks, since: Instant, now: Instant): number {
  let count = 0
  for (const stored of books.subscriptions.values()) {
    const { subscription, hearsSince, cleanedBefore } = stored
    for (const event of books.feed.values()) {
      const isKnown = books.deliveries.get(deliveryKey(subscription.id, event.id)) !== null
      const isOwed = isSubscribed(stored, event) && hearsSince < event.at - A_MINUTE_MS
      if (isKnown || !isOwed || event.at < since || (cleanedBefore ?? event.at) > event.at) continue
      put(books, newDelivery(subscription.id, event, now))
      count += 1
    }
  }
  return count
}

export function put({ deliveries }: MemoryBooks, delivery: StoredDelivery): StoredDelivery {
  deliveries.set(deliveryKey(delivery.subscriptionId, delivery.event.id), delivery)
  return delivery
}

/** The later deliveries of the same subscription and aggregate that have this status. */
export function laterOf(
  books: MemoryBooks,
  first: StoredDelivery,
  withStatus: DeliveryStatus,
): StoredDelivery[] {
  return [...books.deliveries.values()].filter(
    ({ subscriptionId, event, status }) =>
      status === withStatus &&
      subscriptionId === first.subscriptionId &&
      event.aggregateId === first.event.aggregateId &&
      event.aggregateVersion > first.event.aggregateVersion,
  )
}

/** Makes parked deliveries due that are not behind a dead one. */
export function unpark(books: MemoryBooks, now: Instant): void {
  const rows = [...books.deliveries.values()]
  const stays = new Set(
    rows.filter(({ status }) => status === 'dead').flatMap((dead) => laterOf(books, dead, 'parked')),
  )
  for (const row of rows) {
    if (row.status === 'parked' && !stays.has(row))
      put(books, { ...row, status: 'pending', nextAttemptAt: now })
  }
}

export function toDelivery({ subscriptions }: MemoryBooks, stored: StoredDelivery): Delivery {
  const { subscriptionId, event, status, attempts, nextAttemptAt, lastError, createdAt } = stored
  return {
    subscriptionId,
    subscriptionName: subscriptions.get(subscriptionId)?.subscription.name ?? '',
    eventId: event.id,
    eventType: event.type,
    aggregateId: event.aggregateId,
    aggregateVersion: event.aggregateVersion,
    status,
    attempts,
    nextAttemptAt,
    lastError,
    createdAt,
  }
}

export function statsOf(deliveries: Iterable<StoredDelivery>, now: Instant): DeliveryStats {
  const all = [...deliveries]
  const waiting = all.filter(({ status }) => status === 'pending' || status === 'parked')
  const byType: Record<string, number> = {}
  for (const { event } of waiting) byType[event.type] = (byType[event.type] ?? 0) + 1
  const pending = all.filter(({ status }) => status === 'pending')
  let oldestAt: Instant | null = null
  for (const { createdAt } of waiting) if (oldestAt === null || createdAt < oldestAt) oldestAt = createdAt
  return {
    pending: pending.length,
    due: pending.filter(({ nextAttemptAt }) => nextAttemptAt <= now).length,
    failing: pending.filter(({ lastError }) => lastError !== null).length,
    dead: all.filter(({ status }) => status === 'dead').length,
    parked: all.filter(({ status }) => status === 'parked').length,
    oldestAt,
    byType,
  }
}
