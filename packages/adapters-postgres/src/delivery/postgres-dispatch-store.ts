import type { Claimed, ClaimRequest, Clock, DispatchStore } from '@daftari/application'
import { type EventRow, eventOf } from '../kernel/events/event-table.ts'
import { IS_OWED } from '../kernel/session/journal.ts'
import type { SystemConnections } from '../kernel/session/system-connections.ts'
import { arrayLiteral } from '../kernel/sql/array-literal.ts'
import { ClaimFloors, type Scan } from './claim-floors.ts'
import { statsOf, statsText } from './delivery-table.ts'
import { SETTLE, settleValues } from './settle-sql.ts'

const LEASE = `select held_shard, held_token, surplus from daftari.lease_shards($1, $2, $3, $4)`
const LEAVE = `with gone as (delete from daftari.dispatcher where id = $1)
  update daftari.dispatch_shard set holder = null, held_until = null, token = token + 1 where holder = $1`
const CLAIM = 'select * from daftari.claim_deliveries($1, $2, $3, $4, $5, $6, $7)'
/**
 * Jumps in the index of pending deliveries from one subscription to the next. It costs one index look-up for each
 * subscription with a pending delivery, and none for the others. `$1` is the last subscription that was returned, `$2`
 * is the limit.
 */
const WAITING = `with recursive pending as (
    (select subscription_id from daftari.delivery
      where status = 'pending' and subscription_id > $1 order by subscription_id limit 1)
    union all
    select (select d.subscription_id from daftari.delivery d
      where d.status = 'pending' and d.subscription_id > p.subscription_id order by d.subscription_id limit 1)
    from pending p where p.subscription_id is not null)
  select p.subscription_id as id from pending p
  where p.subscription_id is not null
    and exists (select from daftari.subscription s where s.id = p.subscription_id and s.is_enabled
      and not s.is_paused and (s.open_until is null or s.open_until <= clock_timestamp()))
    and exists (select from daftari.delivery d where d.subscription_id = p.subscription_id and d.status = 'pending'
      and d.next_attempt_at <= clock_timestamp())
  limit $2`
const LEAST_ID = '00000000-0000-0000-0000-000000000000'

const UNCLAIMABLE = `select count(*) as times from daftari.delivery d
    join daftari.subscription s on s.owner_id = d.owner_id and s.id = d.subscription_id
  where d.status = 'pending' and d.next_attempt_at <= clock_timestamp()
    and (s.id <> all($1::uuid[]) or s.is_paused or s.open_until > clock_timestamp())`
const RETRY = `update daftari.delivery set status = 'pending', next_attempt_at = clock_timestamp(), finished_at = null,
    failures = case status when 'dead' then 0 else failures end, lost = case status when 'dead' then 0 else lost end
  where (status = 'pending' and last_error is not null) or ($1 and status = 'dead')`
const UNPARK = `update daftari.delivery d set status = 'pending', next_attempt_at = clock_timestamp()
  where d.status = 'parked' and not exists (select from daftari.delivery dead
    where dead.subscription_id = d.subscription_id and dead.aggregate_id = d.aggregate_id
      and dead.aggregate_version < d.aggregate_version and dead.status = 'dead')`
const IS_EXPIRED = `status in ('delivered', 'cancelled') and finished_at < clock_timestamp() - $1 * interval '1 ms'`
const COUNT_EXPIRED = `select count(*) as times from daftari.delivery where ${IS_EXPIRED}`
/** Stores in the subscription the time up to which its deliveries were removed, so that `repair` does not write them again. */
const CLEAN = `with gone as (
    delete from daftari.delivery where (owner_id, subscription_id, event_id) in (
      select owner_id, subscription_id, event_id from daftari.delivery where ${IS_EXPIRED} limit $2 for update skip locked)
    returning owner_id, subscription_id),
  noted as (
    update daftari.subscription s
      set cleaned_before = greatest(s.cleaned_before, clock_timestamp() - $1 * interval '1 ms')
    where (s.owner_id, s.id) in (select owner_id, subscription_id from gone))
  select count(*) as times from gone`
/** The ids of events begin with their time (UUIDv7), so `$1` is the smallest id of the range of time. */
const REPAIR = `insert into daftari.delivery (owner_id, subscription_id, event_id, aggregate_id, aggregate_version)
  select e.owner_id, s.id, e.id, e.aggregate_id, e.aggregate_version
  from daftari.subscription s join daftari.event e on e.owner_id = s.owner_id and e.id >= $1 and ${IS_OWED}
  where not exists (select from daftari.delivery d
    where d.owner_id = e.owner_id and d.subscription_id = s.id and d.event_id = e.id)
  on conflict do nothing`

/** A transaction that ran while a subscription was removed may have written a delivery to it. Such deliveries are cancelled. */
const CANCEL_ORPHANS = `update daftari.delivery d
  set status = 'cancelled', claim_token = null, finished_at = clock_timestamp()
  from daftari.subscription s where s.owner_id = d.owner_id and s.id = d.subscription_id and not s.is_enabled
    and d.status in ('pending', 'dead', 'parked')`

interface ClaimRow extends EventRow {
  readonly subscription_id: string
  readonly shard: number
  readonly token: bigint
  readonly attempts: number
  readonly failures: number
  readonly lost: number
  readonly is_probe: boolean
  readonly due_at: string
}

/** Works on the deliveries of all owners, with the login that owns the schema. */
export function postgresDispatchStore(system: SystemConnections, clock: Clock): DispatchStore {
  const floors = new ClaimFloors()
  const { query } = system
  let lastGiven = LEAST_ID

  async function waitingAfter(id: string, limit: number): Promise<readonly string[]> {
    return (await query(WAITING, [id, limit])).map((row) => row.id)
  }

  async function claimBy(
    scans: readonly Scan[],
    { shards, runLength, probeMs }: ClaimRequest,
  ): Promise<{ rows: ClaimRow[]; sweeps: readonly Scan[] }> {
    const startedAtMs = performance.now()
    const rows: ClaimRow[] = await query(CLAIM, [
      arrayLiteral(shards.map(({ shard }) => shard)),
      arrayLiteral(shards.map(({ token }) => token)),
      arrayLiteral(scans.map(({ subscriptionId }) => subscriptionId)),
      arrayLiteral(scans.map(({ limit }) => limit)),
      scans.map(({ floor }) => floor),
      runLength,
      probeMs,
    ])
    return { rows, sweeps: floors.claimed(scans, rows, performance.now() - startedAtMs) }
  }
  return {
    async lease({ holder, leaseMs, giveUp, takesNewTokens }) {
      const rows = await query(LEASE, [holder, leaseMs, giveUp, takesNewTokens])
      floors.leased()
      return {
        shards: rows.map(({ held_shard: shard, held_token: token }) => ({ shard, token })),
        surplus: rows[0]?.surplus ?? 0,
      }
    },
    leave: async (holder) => void (await query(LEAVE, [holder])),
    async claim(request) {
      const { rows, sweeps } = await claimBy(floors.scansOf(request.wanted), request)
      // When a scan above its floor found fewer deliveries than wanted, a sweep follows, which also finds late commits.
      const due =
        request.mayMissLateCommits === true ? sweeps.filter((scan) => floors.maySweep(scan)) : sweeps
      if (due.length > 0) rows.push(...(await claimBy(due, request)).rows)
      return rows.map(toClaimed)
    },
    async waiting(limit) {
      const after = lastGiven
      const later = await waitingAfter(after, limit)
      const wrapsAround = later.length < limit && after !== LEAST_ID
      const earlier = wrapsAround ? await waitingAfter(LEAST_ID, limit - later.length) : []
      const ids = [...later, ...earlier.filter((id) => id <= after)]
      lastGiven = ids.length < limit ? LEAST_ID : (ids.at(-1) ?? LEAST_ID)
      return ids
    },
    async settle(outcomes) {
      const [row] = await query(SETTLE, settleValues(outcomes))
      for (const { claimed } of outcomes) floors.settled(claimed.subscriptionId, claimed.event.id)
      return row?.counted ?? 0
    },
    unclaimable: async (subscriptionIds) => Number((await query(UNCLAIMABLE, [subscriptionIds]))[0]?.times),
    async retryFailed(isDead) {
      const count = await system.change(RETRY, [isDead])
      if (isDead) await system.change(UNPARK, [])
      return count
    },
    async clean(olderThanMs, limit, isDryRun) {
      if (isDryRun) return Number((await query(COUNT_EXPIRED, [olderThanMs]))[0]?.times)
      return Number((await query(CLEAN, [olderThanMs, limit]))[0]?.times)
    },
    async repair(sinceMs) {
      await system.change(CANCEL_ORPHANS, [])
      return system.change(REPAIR, [leastIdAt(clock.now() - sinceMs)])
    },
    stats: async () => statsOf(await query(statsText('true'), [])),
  }
}

/** The smallest possible id of an event made at this moment. */
function leastIdAt(moment: number): string {
  const digits = Math.floor(moment).toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`
}

function toClaimed(row: ClaimRow): Claimed {
  return {
    subscriptionId: row.subscription_id,
    ownerId: row.owner_id,
    shard: row.shard,
    token: row.token,
    attempts: row.attempts,
    failures: row.failures,
    lost: row.lost,
    isProbe: row.is_probe,
    event: eventOf(row),
  }
}
