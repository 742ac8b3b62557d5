import type { Instant } from '../calendar/instant.ts'
import type { Recorded } from '../identity/recorded.ts'

/**
 * An event: one change of one aggregate. `version` is the aggregate's version after the change. `before` is
 * `null` for a creation, `after` is `null` for a deletion.
 */
export interface Fact<Type extends string, Aggregate extends string, State> {
  readonly type: Type
  readonly aggregateType: Aggregate
  readonly aggregateId: string
  readonly version: number
  readonly at: Instant
  readonly before: State | null
  readonly after: State | null
}

type Identified = Recorded & { readonly id: string }

export function created<T extends string, A extends string, S extends Identified>(
  type: T,
  aggregateType: A,
  after: S,
): Fact<T, A, S> {
  const { id, version, updatedAt } = after
  return { type, aggregateType, aggregateId: id, version, at: updatedAt, before: null, after }
}

export function updated<T extends string, A extends string, S extends Identified>(
  type: T,
  aggregateType: A,
  before: S,
  after: S,
): Fact<T, A, S> {
  return { ...created(type, aggregateType, after), before }
}

/** The deletion is the last version of the aggregate. */
export function deleted<T extends string, A extends string, S extends Identified>(
  type: T,
  aggregateType: A,
  before: S,
  at: Instant,
): Fact<T, A, S> {
  return { type, aggregateType, aggregateId: before.id, version: before.version + 1, at, before, after: null }
}
