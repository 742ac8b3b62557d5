import type { Context } from '../kernel/context.ts'
import { deliveryOrderRecord, subscriptionRecord } from './delivery-records.ts'

/** Subscriptions to events, and requests to retry, skip or replay deliveries. Their events are for the audit only. */
export const delivery = {
  aggregates: {
    subscription: { record: subscriptionRecord },
    delivery_order: { record: deliveryOrderRecord },
  },
  errors: {},
} as const satisfies Context
