import { z } from 'zod'
import { attachmentRecordView } from '../attachment/attachment-json.ts'
import { categoryView } from '../category/category-shapes.ts'
import { EVENT_TYPES, eventView, type PublicEventType } from '../events/event-types.ts'
import { expenseView } from '../expense/expense-shapes.ts'
import { invoiceView } from '../invoice/invoice-shapes.ts'
import type { Scope } from '../scope.ts'
import { exampleEvent } from './example-events.ts'
import type { EventView } from './list-feed.ts'

export interface EventTypeView {
  readonly type: PublicEventType
  /** JSON Schema 2020-12 of the event's body. */
  readonly schema: object
  readonly example: EventView
}

/** What the records of each aggregate look like inside an event: as `GET` shows them, less what is computed. */
const records = {
  category: () => categoryView().omit({ expenseCount: true, total: true }),
  expense: () => expenseView(),
  invoice: () =>
    invoiceView()
      .omit({ paid: true, balance: true, isOverdue: true })
      .extend({ urgency: invoiceView().shape.urgency.unwrap().omit({ daysUntilDue: true }).nullable() }),
  attachment: () => attachmentRecordView(),
}

/** Every event that others may hear of, with its schema and an example. */
export function listEventTypes() {
  return async function listEventTypes(_: Scope): Promise<{ readonly data: readonly EventTypeView[] }> {
    return {
      data: EVENT_TYPES.map((type) => ({
        type,
        schema: z.toJSONSchema(eventSchema(type)),
        example: exampleEvent(type),
      })),
    }
  }
}

/** The strict shape of one type of event. */
export function eventSchema(type: PublicEventType): z.ZodObject {
  const [aggregate, happened] = type.split('.') as [keyof typeof records, string]
  const record = records[aggregate]()
  const isFirst = ['created', 'registered', 'stored'].includes(happened)
  const before = isFirst ? z.null() : record
  const after = happened === 'deleted' ? z.null() : record
  return eventView().extend({
    type: z.literal(type),
    aggregatetype: z.literal(aggregate),
    data: z.strictObject({ before, after }),
  })
}
