import type { DeliveryOrderEvent, SubscriptionEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { deliveryOrderRecord, subscriptionRecord } from './delivery-records.ts'

/** Its repositories are named in `../ports.ts`: they speak of stored events, which are made of the closed lists. */
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
