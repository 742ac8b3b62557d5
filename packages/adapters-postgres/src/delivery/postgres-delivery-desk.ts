import type { Delivery, DeliveryDesk } from '@daftari/application'
import { formatInstant } from '@daftari/domain'
import { openBooks } from '../kernel/owner/open-books.ts'
import type { Database } from '../kernel/session/database.ts'
import {
  attemptOf,
  DELIVERY_FIELDS,
  type DeliveryRow,
  deliveryOf,
  SUBSCRIPTION_FIELDS,
  statsOf,
  statsText,
  subscriptionOf,
} from './delivery-table.ts'

/** Whoever was removed begins anew. */
const SUBSCRIBE = `insert into daftari.subscription as known (id, owner_id, kind, name, event_types, created_at)
  values ($1, $2, 'handler', $3, $4, $5)
  on conflict (owner_id, name) do update set event_types = excluded.event_types, is_enabled = true,
    is_paused = known.is_paused and known.is_enabled,
    created_at = case when known.is_enabled then known.created_at else excluded.created_at end,
    hears_since = case when known.is_enabled and known.event_types = excluded.event_types then known.hears_since
      else excluded.created_at end
  returning ${SUBSCRIPTION_FIELDS}`
const SUBSCRIPTIONS = `select ${SUBSCRIPTION_FIELDS} from daftari.subscription
  where owner_id = $1 and is_enabled order by name collate "C"`
const PAUSE = `update daftari.subscription set is_paused = $3 where owner_id = $1 and name = $2 and is_enabled
  returning ${SUBSCRIPTION_FIELDS}`
const REMOVE = `update daftari.subscription set is_enabled = false where owner_id = $1 and name = $2 and is_enabled
  returning id`
const CANCEL_ALL = `update daftari.delivery d set status = 'cancelled', claim_token = null, finished_at = clock_timestamp()
  from daftari.subscription s where s.owner_id = $1 and s.name = $2 and not s.is_enabled and d.owner_id = $1
    and d.subscription_id = s.id and d.status in ('pending', 'dead', 'parked')`

const JOINED = `from daftari.delivery d
  join daftari.subscription s on s.owner_id = d.owner_id and s.id = d.subscription_id
  join daftari.event e on e.owner_id = d.owner_id and e.id = d.event_id`
const ONE = 'd.owner_id = $1 and d.subscription_id = $2 and d.event_id = $3'
const FIND = `select ${DELIVERY_FIELDS} ${JOINED} where ${ONE}`
const LIST = `select ${DELIVERY_FIELDS} ${JOINED} where d.owner_id = $1 and ($2::text is null or s.name = $2)
    and ($3::text is null or d.status = $3) and ($4::text is null or e.type = $4)
    and ($5::uuid is null or (d.event_id, d.subscription_id) < ($5, $6::uuid))
  order by d.event_id desc, d.subscription_id desc limit $7`
/** The one that arrived stands in the delivery. */
const ATTEMPTS = `select number, at, duration_ms, error from daftari.delivery_attempt
    where owner_id = $1 and subscription_id = $2 and event_id = $3
  union all
  select attempts, arrived_at, arrived_ms, null from daftari.delivery d where ${ONE} and arrived_at is not null
  order by number`

/** What is under way stays claimed: it is being sent already, and its outcome counts. */
const AGAIN = `status = 'pending', failures = 0, lost = 0, last_error = null, finished_at = null,
  arrived_at = null, arrived_ms = null, next_attempt_at = clock_timestamp()`
/** Of the deliveries `again`, which are locked: what is read of them is what the update replaces. */
const KEPT = `insert into daftari.delivery_attempt (owner_id, subscription_id, event_id, number, at, duration_ms)
  select owner_id, subscription_id, event_id, attempts, arrived_at, arrived_ms from again where arrived_at is not null
  on conflict do nothing`
const SAME = 'd.owner_id = a.owner_id and d.subscription_id = a.subscription_id and d.event_id = a.event_id'
const SENT_AGAIN = `, kept as (${KEPT}) update daftari.delivery d set ${AGAIN} from again a where ${SAME}`
const RETRY = `with again as (select d.* from daftari.delivery d where ${ONE} for update)${SENT_AGAIN}`
const SKIP = `update daftari.delivery d set status = 'cancelled', claim_token = null, finished_at = clock_timestamp()
  where ${ONE} and d.status in ('pending', 'dead', 'parked')`
/** Nothing is parked but behind what is dead. */
const UNPARK = `update daftari.delivery d set status = 'pending', next_attempt_at = clock_timestamp()
  where d.owner_id = $1 and d.status = 'parked' and not exists (
    select from daftari.delivery dead where dead.owner_id = $1 and dead.subscription_id = d.subscription_id
      and dead.aggregate_id = d.aggregate_id and dead.aggregate_version < d.aggregate_version and dead.status = 'dead')`
const REPLAY = `with again as (select d.* from daftari.delivery d
    join daftari.subscription s on s.owner_id = d.owner_id and s.id = d.subscription_id
    join daftari.event e on e.owner_id = d.owner_id and e.id = d.event_id
    where d.owner_id = $1 and s.name = $2 and s.is_enabled and e.at between $3 and $4
      and ($5::text[] = '{}' or e.type = any($5)) and d.status in ('delivered', 'dead', 'cancelled')
    for update of d)${SENT_AGAIN}`

export function postgresDeliveryDesk(database: Database, wake: () => void): DeliveryDesk {
  async function changed(text: string, values: readonly [string, string, string]): Promise<Delivery | null> {
    const results = await database.write(values[0], [
      { text, values },
      { text: UNPARK, values: [values[0]] },
      { text: FIND, values },
    ])
    wake()
    const row: DeliveryRow | undefined = results[2]?.rows[0]
    return row === undefined ? null : deliveryOf(row)
  }

  return {
    async subscribe({ id, ownerId, name, eventTypes, createdAt }) {
      await openBooks(database, ownerId)
      const values = [id, ownerId, name, eventTypes, formatInstant(createdAt)]
      const [result] = await database.write(ownerId, [{ text: SUBSCRIBE, values }])
      wake()
      return subscriptionOf(result?.rows[0])
    },
    async subscriptions(ownerId) {
      const [result] = await database.read(ownerId, [{ text: SUBSCRIPTIONS, values: [ownerId] }])
      return (result?.rows ?? []).map(subscriptionOf)
    },
    async setPaused(ownerId, name, isPaused) {
      const [result] = await database.write(ownerId, [{ text: PAUSE, values: [ownerId, name, isPaused] }])
      wake()
      const row = result?.rows[0]
      return row === undefined ? null : subscriptionOf(row)
    },
    async unsubscribe(ownerId, name) {
      const values = [ownerId, name]
      const [removed] = await database.write(ownerId, [
        { text: REMOVE, values },
        { text: CANCEL_ALL, values },
      ])
      return removed?.rows[0]?.id ?? null
    },
    async list(ownerId, { subscriptionName, status, eventType }, { after, limit }) {
      const values = [
        ownerId,
        subscriptionName,
        status,
        eventType,
        after?.key ?? null,
        after?.id ?? null,
        limit,
      ]
      const [result] = await database.read(ownerId, [{ text: LIST, values }])
      return (result?.rows ?? []).map(deliveryOf)
    },
    async find(...id) {
      const [result] = await database.read(id[0], [{ text: FIND, values: id }])
      const row: DeliveryRow | undefined = result?.rows[0]
      return row === undefined ? null : deliveryOf(row)
    },
    async attempts(...id) {
      const [result] = await database.read(id[0], [{ text: ATTEMPTS, values: id }])
      return (result?.rows ?? []).map(attemptOf)
    },
    retry: (...id) => changed(RETRY, id),
    skip: (...id) => changed(SKIP, id),
    async replay(ownerId, { subscriptionName, from, to, eventTypes }) {
      const values = [ownerId, subscriptionName, formatInstant(from), formatInstant(to), eventTypes]
      const [replayed] = await database.write(ownerId, [
        { text: REPLAY, values },
        { text: UNPARK, values: [ownerId] },
      ])
      wake()
      return replayed?.rowCount ?? 0
    },
    async stats(ownerId) {
      const text = statsText('d.owner_id = $1')
      const [result] = await database.read(ownerId, [{ text, values: [ownerId] }])
      return statsOf(result?.rows ?? [])
    },
  }
}
