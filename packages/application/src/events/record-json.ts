import type { DomainEvent } from '@daftari/domain'
import { apiKeyRecord } from '../access/api-key-shapes.ts'
import { attachmentRecord } from '../attachment/attachment-json.ts'
import { categoryRecord } from '../category/category-shapes.ts'
import { expenseRecord } from '../expense/expense-shapes.ts'
import { invoiceRecord } from '../invoice/invoice-json.ts'
import { settingsRecord } from '../settings/settings-shapes.ts'

type RecordJson = Readonly<Record<string, unknown>>

/** The record before and after the event, as `GET` shows it without computed fields. */
export function recordJson(event: DomainEvent): { before: RecordJson | null; after: RecordJson | null } {
  switch (event.aggregateType) {
    case 'category':
      return change(event, categoryRecord)
    case 'expense':
      return change(event, expenseRecord)
    case 'invoice':
      return change(event, invoiceRecord)
    case 'attachment':
      return change(event, attachmentRecord)
    case 'settings':
      return change(event, settingsRecord)
    case 'api_key':
      return change(event, apiKeyRecord)
  }
}

function change<State>(
  { before, after }: { readonly before: State | null; readonly after: State | null },
  toJson: (state: State) => RecordJson,
): { before: RecordJson | null; after: RecordJson | null } {
  return { before: before === null ? null : toJson(before), after: after === null ? null : toJson(after) }
}
