import type { AggregateType, DomainEvent } from '@daftari/domain'
import type { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

type EventOf<A extends AggregateType> = Extract<DomainEvent, { readonly aggregateType: A }>

export type StateOf<A extends AggregateType> = NonNullable<EventOf<A>['before'] | EventOf<A>['after']>

/** What an event does to its record: one that creates has no `before`, one that deletes no `after`. */
export type Effect = 'creates' | 'changes' | 'deletes'

/** A kind of record, and what leaves the books of it. */
export interface Aggregate<A extends AggregateType> {
  /** The record as `GET` shows it, less what is computed: what events and the audit hold. */
  readonly record: (state: StateOf<A>) => Json
  /** People may read what happened to each record. */
  readonly hasHistory?: true
  /** What others may hear of. Without it, the events are for the audit only. */
  readonly published?: Published<EventOf<A>>
}

export interface Published<Event extends DomainEvent> {
  /** The shape of the record inside an event. */
  readonly recordView: () => z.ZodObject
  readonly events: { readonly [Type in Event['type']]?: Effect }
  /** What the rules themselves say happens: at least one event of each published type. */
  readonly examples: () => readonly Event[]
}

/** The aggregates of one context. */
export type Aggregates = { readonly [A in AggregateType]?: Aggregate<A> }
