import type { DeliveryOrderEvent, SubscriptionEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { deliveryOrderRecord, subscriptionRecord } from './delivery-records.ts'

/** The repositories of this context are named in `../ports.ts`, because their types need the complete list of events. */
interface DeliveryTypes {
  readonly event: DeliveryOrderEvent | SubscriptionEvent
  readonly transaction: object
  readonly reads: object
}

/** Subscriptions to events, and requests to retry, skip or replay deliveries. Their events are for the audit only. */
export const delivery = {
  types: typesOf<DeliveryTypes>(),
  aggregates: {
    subscription: { record: subscriptionRecord },
    delivery_order: { record: deliveryOrderRecord },
  },
  errors: {},
} as const satisfies Context<DeliveryTypes>
