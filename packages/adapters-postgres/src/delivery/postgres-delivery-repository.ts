import type { Delivery, DeliveryRepository } from '@daftari/application'
import { formatInstant } from '@daftari/domain'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { type DeliveryRow, deliveryOf, FIND_DELIVERY, ONE_DELIVERY } from './delivery-table.ts'

/** A delivery in flight keeps its claim, because it is already being sent and its outcome must count. */
const MAKE_PENDING = `status = 'pending', failures = 0, lost = 0, last_error = null, finished_at = null,
  arrived_at = null, arrived_ms = null, next_attempt_at = clock_timestamp()`
/**
 * Copies the successful attempt of the deliveries in `locked` into the table of attempts, before the update removes it
 * from the delivery. The rows are locked, so that no outcome can be stored between the copy and the update.
 */
const KEEP_ATTEMPT = `insert into daftari.delivery_attempt (owner_id, subscription_id, event_id, number, at, duration_ms)
  select owner_id, subscription_id, event_id, attempts, arrived_at, arrived_ms from locked where arrived_at is not null
  on conflict do nothing`
const IS_LOCKED_ONE =
  'd.owner_id = l.owner_id and d.subscription_id = l.subscription_id and d.event_id = l.event_id'
const SEND_AGAIN = `, kept as (${KEEP_ATTEMPT}) update daftari.delivery d set ${MAKE_PENDING} from locked l where ${IS_LOCKED_ONE}`
const RETRY = `with locked as (select d.* from daftari.delivery d where ${ONE_DELIVERY} for update)${SEND_AGAIN}`
const SKIP = `update daftari.delivery d set status = 'cancelled', claim_token = null, finished_at = clock_timestamp()
  where ${ONE_DELIVERY} and d.status in ('pending', 'dead', 'parked')`
/**
 * Resumes deliveries that are not behind a dead one any more. This is a separate, later statement, because it must see
 * the change of the first one.
 */
const UNPARK = `update daftari.delivery d set status = 'pending', next_attempt_at = clock_timestamp()
  where d.owner_id = $1 and d.status = 'parked' and not exists (
    select from daftari.delivery dead where dead.owner_id = $1 and dead.subscription_id = d.subscription_id
      and dead.aggregate_id = d.aggregate_id and dead.aggregate_version < d.aggregate_version and dead.status = 'dead')`
const REPLAY = `with locked as (select d.* from daftari.delivery d
    join daftari.subscription s on s.owner_id = d.owner_id and s.id = d.subscription_id
    join daftari.event e on e.owner_id = d.owner_id and e.id = d.event_id
    where d.owner_id = $1 and s.name = $2 and s.is_enabled and e.at between $3 and $4
      and ($5::text[] = '{}' or e.type = any($5)) and d.status in ('delivered', 'dead', 'cancelled')
    for update of d)${SEND_AGAIN}`

const CANCEL_ALL = `update daftari.delivery set status = 'cancelled', claim_token = null, finished_at = clock_timestamp()
  where owner_id = $1 and subscription_id = $2 and status in ('pending', 'dead', 'parked')`

export function postgresDeliveryRepository(session: PostgresSession, ownerId: string): DeliveryRepository {
  async function changed(text: string, subscriptionId: string, eventId: string): Promise<Delivery | null> {
    const values = [ownerId, subscriptionId, eventId]
    const [, , found] = await session.read(
      { text, values },
      { text: UNPARK, values: [ownerId] },
      { text: FIND_DELIVERY, values },
    )
    const row: DeliveryRow | undefined = found?.rows[0]
    return row === undefined ? null : deliveryOf(row)
  }

  return {
    retry: (...id) => changed(RETRY, ...id),
    skip: (...id) => changed(SKIP, ...id),
    async replay({ subscriptionName, from, to, eventTypes }) {
      const values = [ownerId, subscriptionName, formatInstant(from), formatInstant(to), eventTypes]
      const [replayed] = await session.read({ text: REPLAY, values }, { text: UNPARK, values: [ownerId] })
      return replayed?.rowCount ?? 0
    },
    async cancelAll(subscriptionId) {
      await session.read({ text: CANCEL_ALL, values: [ownerId, subscriptionId] })
    },
  }
}
