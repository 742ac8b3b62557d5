import type { Context } from '../kernel/context.ts'
import { deliveryOrderRecord, subscriptionRecord } from './delivery-records.ts'

/** Who hears of events, and what they were told to hear again. Changes are for the audit, not for other systems. */
export const delivery = {
  aggregates: {
    subscription: { record: subscriptionRecord },
    delivery_order: { record: deliveryOrderRecord },
  },
  errors: {},
} as const satisfies Context
