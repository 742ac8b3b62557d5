export { BREAKER_OPENS_AFTER, BREAKER_PAUSES_MS, backOffMs } from './breaker.ts'
export type {
  DeliveryView,
  HandlerView,
  ListDeliveriesInput,
  RegisterHandlerInput,
  ReplayInput,
} from './delivery-shapes.ts'
export { type DeliveryStatsView, deliveryStatsJson } from './delivery-stats.ts'
export { createDispatcher, type Dispatcher, type Processed } from './dispatcher.ts'
export {
  type DispatcherOptions,
  outboxProfile,
  type SeedOptions,
  seedOptions,
} from './dispatcher-options.ts'
export { dueSubscriptions } from './due-subscriptions.ts'
export { inProcessSenders } from './in-process-senders.ts'
export type {
  Arrival,
  Attempt,
  Claimed,
  ClaimRequest,
  Delivery,
  DeliveryFilter,
  DeliveryQueries,
  DeliveryRepository,
  DeliveryStats,
  DeliveryStatus,
  DispatchStore,
  HeldShard,
  Lease,
  LeaseRequest,
  Outcome,
  ReplayRange,
  Send,
  Senders,
  SubscriptionRepository,
  WakeUps,
  Wanted,
} from './ports.ts'
export { DISPATCH_SHARDS } from './ports.ts'
export type { Handle } from './register-handler.ts'
