import type { ApiKeyEvent } from './access/api-key.ts'
import type { AttachmentEvent } from './attachment/attachment.ts'
import type { CategoryEvent } from './category/category.ts'
import type { ExpenseEvent } from './expense/expense.ts'
import type { InvoiceEvent } from './invoice/invoice.ts'
import type { SettingsEvent } from './settings/settings.ts'

export type DomainEvent =
  | CategoryEvent
  | ExpenseEvent
  | InvoiceEvent
  | AttachmentEvent
  | SettingsEvent
  | ApiKeyEvent
export type EventType = DomainEvent['type']
export type AggregateType = DomainEvent['aggregateType']
