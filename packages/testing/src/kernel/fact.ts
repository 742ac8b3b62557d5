import type { Fact, Instant } from '@daftari/domain'
import { recorded } from './fresh.ts'

/** What an event tells: the record before, or after, or both. */
export type RecordChange<State> =
  | { readonly before: State; readonly after: State }
  | { readonly before?: undefined; readonly after: State }
  | { readonly before: State; readonly after?: undefined }

interface VersionedState {
  readonly id: string
  readonly version: number
  readonly updatedAt: Instant | null
}

/** An event of a record, as the domain makes it. */
export function fact<Type extends string, Aggregate extends string, State extends VersionedState>(
  type: Type,
  aggregateType: Aggregate,
  change: RecordChange<State>,
): Fact<Type, Aggregate, State> {
  const { before = null, after = null } = change
  const state = after ?? before
  if (state === null) throw new TypeError('an event tells of a record')
  return {
    type,
    aggregateType,
    aggregateId: state.id,
    version: after === null ? state.version + 1 : state.version,
    at: state.updatedAt ?? recorded.updatedAt,
    before,
    after,
  }
}
