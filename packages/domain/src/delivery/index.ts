export {
  carriedOut,
  type DeliveryOrder,
  type DeliveryOrderEvent,
  type NewDeliveryOrder,
} from './delivery-order.ts'
export type { DeliveryOrderId, SubscriptionId } from './ids.ts'
export {
  type NewSubscription,
  pauseSubscription,
  removeSubscription,
  type Subscription,
  type SubscriptionEvent,
  subscribe,
} from './subscription.ts'
