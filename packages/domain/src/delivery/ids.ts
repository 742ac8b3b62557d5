import type { Id } from '../kernel/identity/id.ts'

export type SubscriptionId = Id<'subscription'>
export type DeliveryOrderId = Id<'delivery_order'>
