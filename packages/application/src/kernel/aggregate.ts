import type { Fact } from '@daftari/domain'
import type { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

export type AnyEvent = Fact<string, string, object>

type StateOf<Event extends AnyEvent> = NonNullable<Event['before'] | Event['after']>

/** The effect of an event on its record. An event that creates has no `before`; one that deletes has no `after`. */
export type Effect = 'creates' | 'changes' | 'deletes'

/** A kind of record, and what is published of it. */
export interface Aggregate<Event extends AnyEvent> {
  /** The record as `GET` shows it, without computed fields. Events and the audit store this form. */
  readonly record: (state: StateOf<Event>) => Json
  /** Set when the history of each record can be read. */
  readonly hasHistory?: true
  /** The published event types. Without it, the events serve the audit only. */
  readonly published?: Published<Event>
}

export interface Published<Event extends AnyEvent> {
  /** The schema of the record inside an event. */
  readonly recordView: () => z.ZodObject
  readonly events: { readonly [Type in Event['type']]?: Effect }
  /** Example events that the domain rules produce: at least one of each published type. */
  readonly examples: () => readonly Event[]
}
