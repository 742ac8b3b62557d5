import type { AggregateType, DomainEvent } from '@daftari/domain'
import { access } from './access/context.ts'
import { delivery } from './delivery/context.ts'
import { files } from './files/context.ts'
import type { Aggregate, Effect, Json } from './kernel/aggregate.ts'
import type { ErrorMeanings } from './kernel/error-meaning.ts'
import { kernelErrors } from './kernel/kernel-errors.ts'
import { payables } from './payables/context.ts'
import { settings } from './settings/context.ts'
import { spending } from './spending/context.ts'

// The lists that must be complete are closed here: an event without a record, or a code without a status, does not
// compile. Their order is the order in which they are documented.

export const aggregates = {
  ...spending.aggregates,
  ...payables.aggregates,
  ...files.aggregates,
  ...settings.aggregates,
  ...access.aggregates,
  ...delivery.aggregates,
} satisfies { readonly [A in AggregateType]: Aggregate<A> }

/** What each code of the books means, and what can be done about it. */
export const errorMeanings: ErrorMeanings = {
  ...kernelErrors,
  ...spending.errors,
  ...payables.errors,
  ...files.errors,
  ...settings.errors,
}

type All = typeof aggregates
type PublishedEvents = {
  readonly [A in keyof All]: All[A] extends { readonly published: { readonly events: infer Events } }
    ? keyof Events
    : never
}

/** The events that others may hear of. The rest is for the audit only. */
export type PublicEventType = PublishedEvents[keyof All]

/** The records whose history people read. */
export type HistoryKind = {
  readonly [A in keyof All]: All[A] extends { readonly hasHistory: true } ? A : never
}[keyof All]

/** What each public event does to its record. */
export const publicEvents: ReadonlyMap<PublicEventType, Effect> = new Map(
  Object.values(aggregates).flatMap((aggregate) =>
    'published' in aggregate
      ? (Object.entries(aggregate.published.events) as [PublicEventType, Effect][])
      : [],
  ),
)

export const EVENT_TYPES: readonly PublicEventType[] = [...publicEvents.keys()]

/** The record before and after the event, as `GET` shows it without computed fields. */
export function recordJson({ aggregateType, before, after }: DomainEvent): {
  before: Json | null
  after: Json | null
} {
  // The states are those of `aggregateType`, which the compiler does not follow through a table.
  const { record } = aggregates[aggregateType] as { readonly record: (state: object) => Json }
  return { before: before === null ? null : record(before), after: after === null ? null : record(after) }
}
