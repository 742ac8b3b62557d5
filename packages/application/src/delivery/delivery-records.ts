import { type DeliveryOrder, formatInstant, type Instant, type Subscription } from '@daftari/domain'
import { recordedJson } from '../kernel/input/views.ts'

export function subscriptionRecord(subscription: Subscription) {
  const { id, version, name, eventTypes, isPaused, isRemoved, hearsSince } = subscription
  return {
    id,
    version,
    name,
    eventTypes: [...eventTypes],
    isPaused,
    isRemoved,
    hearsSince: formatInstant(hearsSince),
    ...recordedJson(subscription),
  }
}

export function deliveryOrderRecord(order: DeliveryOrder) {
  const { id, version, subscriptionName, eventId, from, to, eventTypes, count } = order
  return {
    id,
    version,
    subscriptionName,
    eventId,
    from: time(from),
    to: time(to),
    eventTypes: [...eventTypes],
    count,
    ...recordedJson(order),
  }
}

function time(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
