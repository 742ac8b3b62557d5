import * as contexts from './context-list.ts'
import type { Effect, Json } from './kernel/aggregate.ts'
import type { AddedBy } from './kernel/context.ts'
import type { ErrorMeanings } from './kernel/error-meaning.ts'
import { kernelErrors } from './kernel/kernel-errors.ts'
import { type AllOf, merged } from './kernel/merged.ts'

// This file makes the lists that must be complete. An event without a record, or an error code without a status, does
// not compile.

type Contexts = typeof contexts
type Added = { readonly [C in keyof Contexts]: AddedBy<Contexts[C]> }[keyof Contexts]

/** Every event of every record. */
export type DomainEvent = Added['event']
export type EventType = DomainEvent['type']
export type AggregateType = DomainEvent['aggregateType']

/** The repositories of all contexts. */
export type Repositories = AllOf<Added['transaction']>

/** The queries of all contexts that have records. */
export type RecordReads = AllOf<Added['reads']>

/** The contexts that the documentation lists first, in this order. All others follow by name. */
const documentedFirst: readonly string[] = [
  'spending',
  'payables',
  'files',
  'settings',
  'access',
  'delivery',
] satisfies readonly (keyof Contexts)[]

const inOrder = Object.entries(contexts)
  .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
  .map(([, context]) => context)

function placeOf(name: string): number {
  const place = documentedFirst.indexOf(name)
  return place < 0 ? documentedFirst.length : place
}

type All = AllOf<Contexts[keyof Contexts]['aggregates']>

export const aggregates: All = merged(inOrder.map((context) => context.aggregates))

/** The title, status and remedy of each error code. */
export const errorMeanings: ErrorMeanings = {
  ...kernelErrors,
  ...merged(inOrder.map((context) => context.errors)),
}

type PublishedEvents = {
  readonly [A in keyof All]: All[A] extends { readonly published: { readonly events: infer Events } }
    ? keyof Events
    : never
}

/** The types of the events that are published to feeds and subscriptions. All other events serve the audit only. */
export type PublicEventType = PublishedEvents[keyof All]

/** The kinds of records that have a readable history. */
export type HistoryKind = {
  readonly [A in keyof All]: All[A] extends { readonly hasHistory: true } ? A : never
}[keyof All]

/** For each public event type, whether it creates, changes or deletes its record. */
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
  // The cast is safe: the states belong to `aggregateType`, but the compiler cannot see that through the table.
  const { record } = aggregates[aggregateType] as { readonly record: (state: object) => Json }
  return { before: before === null ? null : record(before), after: after === null ? null : record(after) }
}
