import { z } from 'zod'
import { aggregates, type DomainEvent, EVENT_TYPES, type PublicEventType, publicEvents } from '../contexts.ts'
import { eventRecord } from '../kernel/events/event-record.ts'
import { type EventView, eventView } from '../kernel/events/event-view.ts'
import { example } from '../kernel/examples.ts'
import type { Scope } from '../kernel/scope.ts'

export interface EventTypeView {
  readonly type: PublicEventType
  /** JSON Schema 2020-12 of the event's body. */
  readonly schema: object
  readonly example: EventView
}

/** Lists every public event type with its schema and an example. */
export function listEventTypes() {
  return async function listEventTypes(_: Scope): Promise<{ readonly data: readonly EventTypeView[] }> {
    return {
      data: EVENT_TYPES.map((type) => ({
        type,
        schema: z.toJSONSchema(eventSchema(type)),
        example: exampleOf(type),
      })),
    }
  }
}

/** The strict schema of one event type. */
export function eventSchema(type: PublicEventType): z.ZodObject {
  const { aggregate, published } = publishedOf(type)
  const record = published.recordView()
  const effect = publicEvents.get(type)
  const before = effect === 'creates' ? z.null() : record
  const after = effect === 'deletes' ? z.null() : record
  return eventView().extend({
    type: z.literal(type),
    aggregatetype: z.literal(aggregate),
    data: z.strictObject({ before, after }),
  })
}

/** An example that the domain rules produced, so that it cannot differ from real events. */
function exampleOf(type: PublicEventType): EventView {
  const happenings: readonly DomainEvent[] = publishedOf(type).published.examples()
  const event = happenings.find((happening) => happening.type === type)
  if (event === undefined) throw new Error(`there is no example of ${type}`)
  return JSON.parse(eventRecord({ ownerId: example.ownerId, actorId: example.by }, example.id(9), event).body)
}

function publishedOf(type: PublicEventType) {
  for (const [aggregate, entry] of Object.entries(aggregates)) {
    if ('published' in entry && type in entry.published.events)
      return { aggregate, published: entry.published }
  }
  throw new Error(`${type} is not published`)
}
