import type { ApiKeyEvent } from './access/api-key.ts'
import type { DeliveryOrderEvent } from './delivery/delivery-order.ts'
import type { SubscriptionEvent } from './delivery/subscription.ts'
import type { AttachmentEvent } from './files/attachment.ts'
import type { InvoiceEvent } from './payables/invoice/invoice.ts'
import type { SettingsEvent } from './settings/settings.ts'
import type { CategoryEvent } from './spending/category/category.ts'
import type { ExpenseEvent } from './spending/expense/expense.ts'

export type DomainEvent =
  | CategoryEvent
  | ExpenseEvent
  | InvoiceEvent
  | AttachmentEvent
  | SettingsEvent
  | ApiKeyEvent
  | SubscriptionEvent
  | DeliveryOrderEvent
export type EventType = DomainEvent['type']
export type AggregateType = DomainEvent['aggregateType']
