import { EVENT_TYPES, type EventRecord } from '@daftari/application'
import { formatInstant, type Instant } from '@daftari/domain'
import type { Statement } from './statement.ts'

/** The answer of a transaction with an idempotency key. */
export interface IdempotencyEntry {
  readonly key: string
  readonly fingerprint: string
  readonly result: string
  readonly now: Instant
  readonly expiresAt: Instant
}

const EVENT_COLUMNS =
  'owner_id, id, type, aggregate_type, aggregate_id, aggregate_version, at, actor_id, body'

const ONE_EVENT = `happened as (
    insert into daftari.event (${EVENT_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    returning id, type, aggregate_id, aggregate_version)`

const MANY_EVENTS = `happened as (
    insert into daftari.event (${EVENT_COLUMNS})
    select $1, x.* from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::integer[], $7::timestamptz[],
      $8::text[], $9::text[]) as x
    returning id, type, aggregate_id, aggregate_version)`

/** The event types that `*` means. Events for the audit only are not among them. */
const EVERY_TYPE = `array[${EVENT_TYPES.map((type) => `'${type}'`).join(', ')}]`

/** Whether a subscription `s` wants an event `e`. */
const IS_WANTED: string = `(s.event_types @> array[e.type] or s.event_types = '{*}' and e.type = any (${EVERY_TYPE}))`

/** Whether a subscription `s` must have a delivery of an event `e`. One minute is allowed for clocks that differ. */
export const IS_OWED: string = `s.is_enabled and ${IS_WANTED}
    and coalesce(s.hears_since, s.created_at) < e.at - interval '1 minute'
    and (s.cleaned_before is null or s.cleaned_before <= e.at)`

/**
 * Writes one delivery for each event and each subscription to its type, in the transaction of the change. The delivery
 * is parked when a delivery of the same aggregate is dead. `for share` locks the dead delivery, so that a concurrent
 * retry of it cannot resume the parked deliveries before this row exists.
 */
const FAN_OUT = `fanned_out as (
    insert into daftari.delivery (owner_id, subscription_id, event_id, aggregate_id, aggregate_version, status)
    select $1, s.id, e.id, e.aggregate_id, e.aggregate_version,
      case when exists (select from daftari.delivery d where d.owner_id = $1 and d.subscription_id = s.id
        and d.aggregate_id = e.aggregate_id and d.status = 'dead' for share) then 'parked' else 'pending' end
    from happened e join daftari.subscription s
      on s.owner_id = $1 and s.is_enabled and ${IS_WANTED})`

/** A key that has expired is overwritten. Any other existing key raises. */
function remember(first: number): string {
  const [key, fingerprint, result, expiresAt, now] = [0, 1, 2, 3, 4].map((index) => `$${first + index}`)
  return `remembered as (
    insert into daftari.idempotency as known (owner_id, key, fingerprint, result, expires_at)
    values ($1, ${key}, ${fingerprint}, ${result}, ${expiresAt})
    on conflict (owner_id, key) do update
      set fingerprint = excluded.fingerprint, result = excluded.result, expires_at = excluded.expires_at
      where known.expires_at <= ${now}
    returning 1)`
}

const IS_REMEMBERED = `select daftari.require_rows((select count(*) from remembered), 1, 'idempotency', '')`

const TEXTS = {
  one: `with ${ONE_EVENT}, ${FAN_OUT} select 1`,
  many: `with ${MANY_EVENTS}, ${FAN_OUT} select 1`,
  keyedOne: `with ${ONE_EVENT}, ${FAN_OUT}, ${remember(10)} ${IS_REMEMBERED}`,
  keyedMany: `with ${MANY_EVENTS}, ${FAN_OUT}, ${remember(10)} ${IS_REMEMBERED}`,
  keyed: `with ${remember(2)} ${IS_REMEMBERED}`,
}

/** The statement that writes the events, their deliveries, and the answer under the idempotency key. */
export function journal(
  ownerId: string,
  events: readonly EventRecord[],
  entry: IdempotencyEntry | null,
): Statement | null {
  const [event] = events
  const keyed = entry === null ? [] : entryValues(entry)
  if (event === undefined) return entry === null ? null : { text: TEXTS.keyed, values: [ownerId, ...keyed] }
  if (events.length === 1) {
    const text = entry === null ? TEXTS.one : TEXTS.keyedOne
    return { text, values: [ownerId, ...eventValues(event), ...keyed] }
  }
  const text = entry === null ? TEXTS.many : TEXTS.keyedMany
  const rows = events.map(eventValues)
  const arrays = eventValues(event).map((_, column) => rows.map((row) => row[column]))
  return { text, values: [ownerId, ...arrays, ...keyed] }
}

function eventValues(event: EventRecord): unknown[] {
  const { id, type, aggregateType, aggregateId, aggregateVersion, at, actorId, body } = event
  return [id, type, aggregateType, aggregateId, aggregateVersion, timestamp(at), actorId, body]
}

function entryValues({ key, fingerprint, result, expiresAt, now }: IdempotencyEntry): unknown[] {
  return [key, fingerprint, result, timestamp(expiresAt), timestamp(now)]
}

/** An instant in the form that PostgreSQL reads. */
function timestamp(at: Instant): string {
  return formatInstant(at)
}
