import type {
  ApiKey,
  ApiKeyEvent,
  Attachment,
  AttachmentEvent,
  Category,
  CategoryEvent,
  Expense,
  ExpenseEvent,
  Fact,
  Instant,
  Invoice,
  InvoiceEvent,
  Settings,
  SettingsEvent,
} from '@daftari/domain'
import { at } from './fresh.ts'

/** What an event tells: the record before, or after, or both. */
export type Told<State> =
  | { readonly before: State; readonly after: State }
  | { readonly before?: undefined; readonly after: State }
  | { readonly before: State; readonly after?: undefined }

/** @example categoryEvent('category.created', { after: category }) */
export function categoryEvent(type: CategoryEvent['type'], told: Told<Category>): CategoryEvent {
  return fact(type, 'category', told)
}

export function expenseEvent(type: ExpenseEvent['type'], told: Told<Expense>): ExpenseEvent {
  return fact(type, 'expense', told)
}

export function invoiceEvent(type: InvoiceEvent['type'], told: Told<Invoice>): InvoiceEvent {
  return fact(type, 'invoice', told)
}

export function attachmentEvent(file: Attachment): AttachmentEvent {
  return fact('attachment.stored', 'attachment', { after: { ...file, version: 1 } })
}

export function apiKeyEvent(type: ApiKeyEvent['type'], told: Told<ApiKey>): ApiKeyEvent {
  return fact(type, 'api_key', told)
}

export function settingsEvent(told: Told<Settings>): SettingsEvent {
  return fact('settings.updated', 'settings', told)
}

interface VersionedState {
  readonly id: string
  readonly version: number
  readonly updatedAt: Instant | null
}

function fact<Type extends string, Aggregate extends string, State extends VersionedState>(
  type: Type,
  aggregateType: Aggregate,
  told: Told<State>,
): Fact<Type, Aggregate, State> {
  const { before = null, after = null } = told
  const state = after ?? before
  if (state === null) throw new TypeError('an event tells of a record')
  return {
    type,
    aggregateType,
    aggregateId: state.id,
    version: after === null ? state.version + 1 : state.version,
    at: state.updatedAt ?? at('2026-11-21T09:00:00.000Z'),
    before,
    after,
  }
}
