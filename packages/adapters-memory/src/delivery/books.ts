import { Table } from '../kernel/table.ts'
import type { StoredDelivery, StoredSubscription } from './stored-delivery.ts'

export interface DeliveryBooks {
  readonly subscriptions: Table<StoredSubscription>
  /** By subscription and event. */
  readonly deliveries: Table<StoredDelivery>
}

export function deliveryBooks(): DeliveryBooks {
  return { subscriptions: new Table(), deliveries: new Table() }
}
