import { type ContextInvariants, isOwnedBy } from '../kernel/invariants/context-invariants.ts'

/** The owner inside the body of an event is text, so no foreign key checks it. */
const SOURCE_IS_OWNER = `
  select owner_id, 'event ' || id as subject, 'says that it is of ' || (body::json ->> 'source') as detail
  from daftari.event where ${isOwnedBy('owner_id')} and body::json ->> 'source' <> '/owners/' || owner_id`

const ONE_OWNER = `
  select min(owner_id::text)::uuid as owner_id, aggregate_type || ' ' || aggregate_id as subject,
    'has events of ' || string_agg(distinct owner_id::text, ' and ') as detail
  from daftari.event group by aggregate_type, aggregate_id
  having count(distinct owner_id) > 1 and ${isOwnedBy('min(owner_id::text)::uuid')}`

/** The feed is ordered by transaction number. An event with a number that this server has not reached would hide later events. */
const NUMBERS_GIVEN_OUT = `
  select owner_id, 'event ' || id as subject,
    format('has the number %s, which this server has not given out', xid) as detail
  from daftari.event where ${isOwnedBy('owner_id')} and xid >= pg_snapshot_xmax(pg_current_snapshot())`

export const historyInvariants: ContextInvariants = {
  violations: { I5: [SOURCE_IS_OWNER, ONE_OWNER], I10: [NUMBERS_GIVEN_OUT] },
}
