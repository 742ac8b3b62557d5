import type { SubscriptionRepository } from '@daftari/application'
import { UnknownOwner } from '../kernel/owner/unknown-owner.ts'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import {
  insertSubscription,
  SUBSCRIPTION_FIELDS,
  type SubscriptionRow,
  subscriptionOf,
  updateSubscription,
} from './subscription-table.ts'

const LOCK_OWNER = 'select id from daftari.owner where id = $1 for no key update'
const BY_NAME = `select ${SUBSCRIPTION_FIELDS} from daftari.subscription where owner_id = $1 and name = $2`

export function postgresSubscriptionRepository(
  session: PostgresSession,
  ownerId: string,
): SubscriptionRepository {
  return {
    async lockByName(name) {
      const [lock, named] = await session.read(
        { text: LOCK_OWNER, values: [ownerId] },
        { text: BY_NAME, values: [ownerId, name] },
      )
      if (lock?.rows.length === 0) session.rerunWith(new UnknownOwner(ownerId))
      const row: SubscriptionRow | undefined = named?.rows[0]
      return row === undefined ? null : subscriptionOf(row)
    },
    insert: (subscription) => session.stage(insertSubscription, subscription),
    update: (state, expectedVersion) => session.stage(updateSubscription, { state, expectedVersion }),
  }
}
