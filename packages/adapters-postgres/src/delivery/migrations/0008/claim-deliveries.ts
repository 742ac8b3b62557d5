import { BY_INDEX, shardOf, UNFINISHED } from '../0005-delivery.ts'

/** Whether the delivery is not in flight under the token that the caller holds for the shard. */
const isFree = (row: string): string =>
  `(${row}.claim_token is null or ${row}.claim_token < held_tokens[${shardOf(row)} + 1])`

/**
 * The function returns the events themselves. A join around the call would read events with the snapshot from before
 * the call, and would miss events that were committed since then and that the call claims.
 */
export const CLAIM_DELIVERIES: string = `
    create function daftari.claim_deliveries(shards integer[], shard_tokens bigint[], subscription_ids uuid[],
        limits integer[], due_from timestamptz[], run_length integer, probe_ms integer)
      returns table (owner_id uuid, subscription_id uuid, shard integer, token bigint, attempts integer,
        failures integer, lost integer, is_probe boolean, due_at text, id uuid, type text, aggregate_type text,
        aggregate_id uuid, aggregate_version integer, at timestamptz, actor_id text, body text)
      language plpgsql set search_path = pg_catalog, pg_temp ${BY_INDEX} as $$
      #variable_conflict use_column
      declare
        claimed_at timestamptz := clock_timestamp();
        held_shards integer[] := '{}';
        -- By shard, from 1 on; -1 where the caller does not hold the shard.
        held_tokens bigint[] := array_fill(-1::bigint, array[32]);
        target record;
        chosen_event_ids uuid[];
        found_event_ids uuid[];
        remaining integer;
        rows_seen_before integer;
        rows_to_read integer;
        rows_read integer;
      begin
        -- Without a lock, so that claims do not wait for leases. If a token changes after this statement, the outcomes of
        -- this claim do not count.
        for target in select s.shard, s.token from daftari.dispatch_shard s
          join unnest(shards, shard_tokens) as g (shard, token) on g.shard = s.shard and g.token = s.token
        loop
          held_tokens[target.shard + 1] := target.token;
          held_shards := held_shards || target.shard;
        end loop;

        for target in select s.owner_id, s.id, s.open_until, s.open_until is not null as is_probe, w.max_count, w.due_from
          from unnest(subscription_ids, limits, due_from) as w (id, max_count, due_from)
            join daftari.subscription s on s.id = w.id
          where s.is_enabled and not s.is_paused and (s.open_until is null or s.open_until <= claimed_at)
        loop
          -- One probe for all dispatchers: of two that come here at once, the second waits for the lock on the row, then
          -- finds the time moved on and updates nothing.
          if target.is_probe then
            update daftari.subscription s set open_until = claimed_at + probe_ms * interval '1 ms'
              where s.owner_id = target.owner_id and s.id = target.id and s.open_until <= claimed_at;
            continue when not found;
          end if;

          -- Due deliveries are read in order of their time. Many may not be claimable, because an earlier one of their
          -- aggregate is not finished: as long as there is room, twice as many are read again.
          chosen_event_ids := '{}';
          remaining := case when target.is_probe then 1 else target.max_count end;
          rows_to_read := 0;
          loop
            rows_seen_before := rows_to_read;
            rows_to_read := 2 * rows_to_read + remaining;
            with due as materialized (
              select d.aggregate_id, row_number() over (order by d.next_attempt_at) as place
              from daftari.delivery d where d.subscription_id = target.id and d.status = 'pending'
                and d.next_attempt_at >= target.due_from and d.next_attempt_at <= claimed_at
                and ${shardOf('d')} = any(held_shards)
                and ${isFree('d')}
              order by d.next_attempt_at limit rows_to_read)
            select count(*), array(
                select r.event_id from (
                  -- Each aggregate once, in the round in which its first due delivery is read.
                  select due.aggregate_id, min(due.place) as place from due
                  group by due.aggregate_id having min(due.place) > rows_seen_before) a
                cross join lateral (
                  -- From the earliest unfinished delivery of the aggregate on, as long as each can be claimed. When the
                  -- earliest was lost before (it has a token), it comes alone: it may be what the process died of.
                  select f.event_id, f.aggregate_version, bool_and(f.status = 'pending' and f.next_attempt_at <= claimed_at
                    and ${isFree('f')}) over by_version
                    and (row_number() over by_version = 1 or first_value(f.claim_token) over by_version is null)
                    as is_claimable
                  from daftari.delivery f where f.subscription_id = target.id and f.aggregate_id = a.aggregate_id
                    and f.status in ${UNFINISHED}
                  window by_version as (order by f.aggregate_version)
                  order by f.aggregate_version limit run_length) r
                where r.is_claimable order by a.place, r.aggregate_version limit remaining)
              into rows_read, found_event_ids from due;
            chosen_event_ids := chosen_event_ids || found_event_ids;
            remaining := remaining - cardinality(found_event_ids);
            exit when remaining <= 0 or rows_read < rows_to_read;
          end loop;

          -- A later statement than the search, and so it checks again: another transaction may have claimed, skipped or
          -- cancelled a chosen delivery meanwhile. With = instead of
          -- is not distinct from, old statistics make the planner take the index of all pending deliveries, and not the
          -- primary key.
          return query update daftari.delivery d set attempts = d.attempts + 1,
              lost = case when d.claim_token is null then d.lost else d.lost + 1 end,
              claim_token = held_tokens[${shardOf('d')} + 1]
            from daftari.event e
            where d.owner_id = target.owner_id and d.subscription_id = target.id and d.event_id = any(chosen_event_ids)
              and d.status is not distinct from 'pending'
              and ${isFree('d')}
              and e.owner_id = target.owner_id and e.id = d.event_id
            returning d.owner_id, d.subscription_id, ${shardOf('d')}, d.claim_token, d.attempts, d.failures, d.lost,
              target.is_probe, d.next_attempt_at::text, e.id, e.type, e.aggregate_type, e.aggregate_id,
              e.aggregate_version, e.at, e.actor_id, e.body;

          -- If this dispatcher has no delivery to probe with, release the probe so that another dispatcher can take it.
          if target.is_probe and not found then
            update daftari.subscription s set open_until = target.open_until
              where s.owner_id = target.owner_id and s.id = target.id;
          end if;
        end loop;
      end $$;`
