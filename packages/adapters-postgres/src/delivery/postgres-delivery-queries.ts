import type { DeliveryQueries } from '@daftari/application'
import type { Database } from '../kernel/session/database.ts'
import {
  attemptOf,
  DELIVERY_FIELDS,
  type DeliveryRow,
  deliveryOf,
  FIND_DELIVERY,
  JOINED_DELIVERY,
  ONE_DELIVERY,
  statsOf,
  statsText,
} from './delivery-table.ts'
import { SUBSCRIPTION_FIELDS, subscriptionOf } from './subscription-table.ts'

const SUBSCRIPTIONS = `select ${SUBSCRIPTION_FIELDS} from daftari.subscription
  where owner_id = $1 and is_enabled order by name collate "C"`
const LIST = `select ${DELIVERY_FIELDS} ${JOINED_DELIVERY} where d.owner_id = $1 and ($2::text is null or s.name = $2)
    and ($3::text is null or d.status = $3) and ($4::text is null or e.type = $4)
    and ($5::uuid is null or (d.event_id, d.subscription_id) < ($5, $6::uuid))
  order by d.event_id desc, d.subscription_id desc limit $7`
/** The successful attempt is stored in the delivery itself; the table has all other attempts. */
const ATTEMPTS = `select number, at, duration_ms, error from daftari.delivery_attempt
    where owner_id = $1 and subscription_id = $2 and event_id = $3
  union all
  select attempts, arrived_at, arrived_ms, null from daftari.delivery d where ${ONE_DELIVERY} and arrived_at is not null
  order by number`

export function postgresDeliveryQueries(database: Database): DeliveryQueries {
  return {
    async subscriptions(ownerId) {
      const [result] = await database.read(ownerId, [{ text: SUBSCRIPTIONS, values: [ownerId] }])
      return (result?.rows ?? []).map(subscriptionOf)
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
      const [result] = await database.read(id[0], [{ text: FIND_DELIVERY, values: id }])
      const row: DeliveryRow | undefined = result?.rows[0]
      return row === undefined ? null : deliveryOf(row)
    },
    async attempts(...id) {
      const [result] = await database.read(id[0], [{ text: ATTEMPTS, values: id }])
      return (result?.rows ?? []).map(attemptOf)
    },
    async stats(ownerId) {
      const text = statsText('d.owner_id = $1')
      const [result] = await database.read(ownerId, [{ text, values: [ownerId] }])
      return statsOf(result?.rows ?? [])
    },
  }
}
