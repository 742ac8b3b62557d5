import type { Instant } from '../kernel/calendar/instant.ts'
import { created, type Fact } from '../kernel/events/fact.ts'
import { firstVersion, type Recorded } from '../kernel/identity/recorded.ts'
import type { DeliveryOrderId } from './ids.ts'

/** What somebody told the outbox to do with deliveries. It is done at once; what stays of it is the event. */
export interface DeliveryOrder extends Recorded {
  readonly id: DeliveryOrderId
  readonly subscriptionName: string
  /** The delivery that was meant, or `null` where a range of them was. */
  readonly eventId: string | null
  readonly from: Instant | null
  readonly to: Instant | null
  /** Only these; an empty list is all of them. */
  readonly eventTypes: readonly string[]
  /** How many deliveries it was carried out on. */
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

/** The fact that an order was carried out, for the audit. */
export function carriedOut(
  type: DeliveryOrderEvent['type'],
  { at, by, ...order }: NewDeliveryOrder,
): DeliveryOrderEvent {
  return created(type, 'delivery_order', { ...order, ...firstVersion(at, by) })
}
