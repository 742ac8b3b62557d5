import { formatInstant, type Instant, type Subscription, type SubscriptionId } from '@daftari/domain'
import { type RecordedRow, recordedColumns, recordedOf } from '../kernel/columns.ts'
import {
  type Column,
  fieldsOf,
  insertInto,
  updateOf,
  type VersionedWrite,
  type WriteKind,
} from '../kernel/session/table-writes.ts'

export interface SubscriptionRow extends RecordedRow {
  readonly id: string
  readonly name: string
  readonly event_types: string[]
  readonly is_paused: boolean
  readonly is_enabled: boolean
  readonly hears_since: Instant
}

const columns: readonly Column<Subscription>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'name', type: 'text', of: ({ name }) => name },
  { name: 'event_types', type: 'text[]', of: ({ eventTypes }) => eventTypes },
  { name: 'is_paused', type: 'boolean', of: ({ isPaused }) => isPaused },
  { name: 'is_enabled', type: 'boolean', of: ({ isRemoved }) => !isRemoved },
  { name: 'hears_since', type: 'timestamptz', of: ({ hearsSince }) => formatInstant(hearsSince) },
  ...recordedColumns,
]

export const SUBSCRIPTION_FIELDS: string = fieldsOf(columns)

export const insertSubscription: WriteKind<Subscription> = insertInto<Subscription>('subscription', [
  ...columns,
  { name: 'kind', type: 'text', of: () => 'handler' },
])
export const updateSubscription: WriteKind<VersionedWrite<Subscription>> = updateOf<Subscription>(
  'subscription',
  columns,
)

export function subscriptionOf(row: SubscriptionRow): Subscription {
  return {
    id: row.id as SubscriptionId,
    name: row.name,
    eventTypes: row.event_types,
    isPaused: row.is_paused,
    isRemoved: !row.is_enabled,
    hearsSince: row.hears_since,
    ...recordedOf(row),
  }
}
