import type { Instant } from '../kernel/calendar/instant.ts'
import { created, type Fact } from '../kernel/events/fact.ts'
import { firstVersion, type Recorded } from '../kernel/identity/recorded.ts'
import type { DeliveryOrderId } from './ids.ts'

/** A request to retry, skip or replay deliveries. It is carried out at once, and only its event is stored. */
export interface DeliveryOrder extends Recorded {
  readonly id: DeliveryOrderId
  readonly subscriptionName: string
  /** The event of the single delivery, or `null` when the order covers a range of deliveries. */
  readonly eventId: string | null
  readonly from: Instant | null
  readonly to: Instant | null
  /** An empty list means all types. */
  readonly eventTypes: readonly string[]
  /** The number of deliveries that the order changed. */
  readonly count: number
}

export type DeliveryOrderEvent = Fact<
  'delivery.retried' | 'delivery.skipped' | 'delivery.replayed',
  'delivery_order',
  DeliveryOrder
>

export interface NewDeliveryOrder extends Omit<DeliveryOrder, keyof Recorded> {
  readonly at: Instant
  readonly by: string
}

/** The event that records that an order was carried out. It serves the audit only. */
export function carriedOut(
  type: DeliveryOrderEvent['type'],
  { at, by, ...order }: NewDeliveryOrder,
): DeliveryOrderEvent {
  return created(type, 'delivery_order', { ...order, ...firstVersion(at, by) })
}
