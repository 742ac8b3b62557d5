import { type ContextInvariants, isOwnedBy } from '../kernel/invariants/context-invariants.ts'
import { IS_OWED } from '../kernel/session/journal.ts'

/** Every event has a delivery to each subscription to its type. */
const DELIVERIES_MATCH = `
  select e.owner_id, 'event ' || e.id as subject, format('%s has no delivery to %s', e.type, s.id) as detail
  from daftari.event e join daftari.subscription s on s.owner_id = e.owner_id and ${IS_OWED}
  where ${isOwnedBy('e.owner_id')} and not exists (select from daftari.delivery d
    where d.owner_id = e.owner_id and d.subscription_id = s.id and d.event_id = e.id)`

export const deliveryInvariants: ContextInvariants = {
  // Subscriptions from before there were versions have version 0, which has no event.
  records: [
    `select owner_id, 'subscription' as aggregate_type, id as aggregate_id, version
      from daftari.subscription where version > 0`,
  ],
  unversioned: ['delivery_order'],
  violations: { I2: [DELIVERIES_MATCH] },
}
