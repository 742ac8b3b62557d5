import type { Fact } from '@daftari/domain'
import type { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

export type AnyEvent = Fact<string, string, object>

type StateOf<Event extends AnyEvent> = NonNullable<Event['before'] | Event['after']>

/** What an event does to its record: one that creates has no `before`, one that deletes no `after`. */
export type Effect = 'creates' | 'changes' | 'deletes'

/** A kind of record, and what leaves the books of it. */
export interface Aggregate<Event extends AnyEvent> {
  /** The record as `GET` shows it, less what is computed: what events and the audit hold. */
  readonly record: (state: StateOf<Event>) => Json
  /** People may read what happened to each record. */
  readonly hasHistory?: true
  /** What others may hear of. Without it, the events are for the audit only. */
  readonly published?: Published<Event>
}

export interface Published<Event extends AnyEvent> {
  /** The shape of the record inside an event. */
  readonly recordView: () => z.ZodObject
  readonly events: { readonly [Type in Event['type']]?: Effect }
  /** What the rules themselves say happens: at least one event of each published type. */
  readonly examples: () => readonly Event[]
}
