import {
  BREAKER_OPENS_AFTER,
  BREAKER_PAUSES_MS,
  type Claimed,
  type DispatchStore,
} from '@daftari/application'
import { formatInstant } from '@daftari/domain'
import { type EventRow, eventOf } from '../history/event-table.ts'
import { ClaimFloors } from './claim-floors.ts'
import { statsOf, statsText } from './delivery-table.ts'
import type { SystemConnections } from './system-connections.ts'

const LEASE = `select held_shard, held_token, surplus from daftari.lease_shards($1, $2, $3, $4)`
const LEAVE = `with gone as (delete from daftari.dispatcher where id = $1)
  update daftari.dispatch_shard set holder = null, held_until = null, token = token + 1 where holder = $1`
const CLAIM = 'select * from daftari.claim_deliveries($1, $2, $3, $4, $5, $6, $7)'
const SETTLE =
  'select daftari.settle_deliveries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as counted'
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
const OLD = `status in ('delivered', 'cancelled') and finished_at < clock_timestamp() - $1 * interval '1 ms'`
const COUNT_OLD = `select count(*) as times from daftari.delivery where ${OLD}`
const CLEAN = `delete from daftari.delivery where (owner_id, subscription_id, event_id) in (
  select owner_id, subscription_id, event_id from daftari.delivery where ${OLD} limit $2 for update skip locked)`

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

/** Works for all owners, as the owner of the schema. */
export function postgresDispatchStore(system: SystemConnections): DispatchStore {
  const floors = new ClaimFloors()
  const { query } = system
  return {
    async lease({ holder, leaseMs, giveUp, isAnew }) {
      const rows = await query(LEASE, [holder, leaseMs, giveUp, isAnew])
      floors.forget()
      return {
        shards: rows.map(({ held_shard: shard, held_token: token }) => ({ shard, token })),
        surplus: rows[0]?.surplus ?? 0,
      }
    },
    leave: async (holder) => void (await query(LEAVE, [holder])),
    async claim({ shards, wanted, runLength, probeMs }) {
      const ids = wanted.map(({ subscriptionId }) => subscriptionId)
      const rows: ClaimRow[] = await query(CLAIM, [
        shards.map(({ shard }) => shard),
        shards.map(({ token }) => `${token}`),
        ids,
        wanted.map(({ limit }) => limit),
        ids.map((id) => floors.of(id)),
        runLength,
        probeMs,
      ])
      floors.note(wanted, rows)
      return rows.map(claimedOf)
    },
    async settle(outcomes) {
      const claimed = outcomes.map((outcome) => outcome.claimed)
      const [row] = await query(SETTLE, [
        claimed.map(({ ownerId }) => ownerId),
        claimed.map(({ subscriptionId }) => subscriptionId),
        claimed.map(({ event }) => event.id),
        claimed.map(({ shard }) => shard),
        claimed.map(({ token }) => `${token}`),
        claimed.map(({ attempts }) => attempts),
        outcomes.map(({ at }) => formatInstant(at)),
        outcomes.map(({ durationMs }) => durationMs),
        outcomes.map(({ result }) => result),
        outcomes.map((outcome) => ('error' in outcome ? outcome.error : null)),
        outcomes.map((outcome) => (outcome.result === 'failed' ? outcome.retryInMs : 0)),
        claimed.map(({ isProbe }) => isProbe),
        BREAKER_OPENS_AFTER,
        BREAKER_PAUSES_MS,
      ])
      return row?.counted ?? 0
    },
    unclaimable: async (subscriptionIds) => Number((await query(UNCLAIMABLE, [subscriptionIds]))[0]?.times),
    async retryFailed(isDead) {
      const count = await system.change(RETRY, [isDead])
      if (isDead) await system.change(UNPARK, [])
      return count
    },
    async clean(olderThanMs, limit, isDryRun) {
      if (isDryRun) return Number((await query(COUNT_OLD, [olderThanMs]))[0]?.times)
      return system.change(CLEAN, [olderThanMs, limit])
    },
    stats: async () => statsOf(await query(statsText('true'), [])),
  }
}

function claimedOf(row: ClaimRow): Claimed {
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
