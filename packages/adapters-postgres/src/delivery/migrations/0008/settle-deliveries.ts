import { BY_INDEX, shardOf } from '../0005-delivery.ts'

/** Whether the claim of the outcome `o` still counts for the delivery `d`. */
const COUNTS = `d.claim_token = o.token and o.token = latest_tokens[${shardOf('d')} + 1]`

/**
 * Outcomes are passed as columns. Delivered outcomes have their own columns, because nearly all outcomes are delivered
 * and they need fewer columns. Each outcome has an index, from 1, into the first two arrays, which contain the owners
 * and the subscriptions.
 */
export const SETTLE_DELIVERIES: string = `
    create function daftari.settle_deliveries(owner_ids uuid[], subscription_ids uuid[],
        delivered_indexes integer[], delivered_event_ids uuid[], delivered_tokens bigint[],
        delivered_at_ms bigint[], delivered_duration_ms integer[],
        other_indexes integer[], other_event_ids uuid[], other_tokens bigint[],
        other_at_ms bigint[], other_duration_ms integer[],
        attempt_numbers integer[], results text[], errors text[], retry_in_ms integer[], are_probes boolean[],
        breaker_opens_after integer, breaker_pauses_ms integer[])
      returns integer language plpgsql set search_path = pg_catalog, pg_temp ${BY_INDEX} as $$
      declare
        settled_at timestamptz := clock_timestamp();
        -- By shard, from 1 on. Without a lock: when a token changes after this, the new holder has not claimed the delivery
        -- yet, and the outcome is still true; or it has, and then the delivery has the new token and the outcome does not count.
        latest_tokens bigint[] := array(select s.token from daftari.dispatch_shard s order by s.shard);
        delivered_count integer;
        other_count integer := 0;
        indexes_with_success integer[];
        attempted_places bigint[];
        subscriber record;
      begin
        with settled as (
          update daftari.delivery d set claim_token = null, lost = 0, last_error = null, status = 'delivered',
            finished_at = settled_at, arrived_at = to_timestamp(o.at_ms::double precision / 1000),
            arrived_ms = o.duration_ms
          from unnest(delivered_indexes, delivered_event_ids, delivered_tokens, delivered_at_ms, delivered_duration_ms)
            as o (index, event_id, token, at_ms, duration_ms)
          where d.owner_id = owner_ids[o.index] and d.subscription_id = subscription_ids[o.index]
            and d.event_id = o.event_id and ${COUNTS}
          returning o.index)
        select count(*), coalesce(array_agg(distinct index), '{}') into delivered_count, indexes_with_success from settled;

        if other_event_ids <> '{}' then
          with settled as (
            update daftari.delivery d set
              claim_token = null,
              -- The claim has counted an attempt, which a release takes back.
              attempts = d.attempts - (o.result = 'released')::integer,
              lost = case when o.result = 'released' then d.lost else 0 end,
              failures = d.failures + (o.result <> 'released' and not o.is_probe)::integer,
              last_error = case when o.result = 'released' then d.last_error else o.error end,
              status = case o.result when 'dead' then 'dead' else d.status end,
              finished_at = case when o.result = 'dead' then settled_at end,
              next_attempt_at = case when o.result = 'failed' then settled_at + o.retry_in_ms * interval '1 ms'
                else d.next_attempt_at end
            from unnest(other_indexes, other_event_ids, other_tokens, results, errors, retry_in_ms, are_probes)
              with ordinality as o (index, event_id, token, result, error, retry_in_ms, is_probe, place)
            where d.owner_id = owner_ids[o.index] and d.subscription_id = subscription_ids[o.index]
              and d.event_id = o.event_id and ${COUNTS}
            returning o.place, o.result)
          select count(*), array_agg(place) filter (where result <> 'released')
            into other_count, attempted_places from settled;
        end if;

        if attempted_places is not null then
          -- A delivery that was skipped and retried while in flight may have an attempt of this number already.
          insert into daftari.delivery_attempt (owner_id, subscription_id, event_id, number, at, duration_ms, error)
            select owner_ids[o.index], subscription_ids[o.index], o.event_id, o.number,
              to_timestamp(o.at_ms::double precision / 1000), o.duration_ms, o.error
            from unnest(other_indexes, other_event_ids, attempt_numbers, other_at_ms, other_duration_ms, errors)
              with ordinality as o (index, event_id, number, at_ms, duration_ms, error, place)
            where o.place = any(attempted_places)
            on conflict do nothing;

          -- A later statement than the one that settles: one statement cannot update a delivery twice, and the next of
          -- the same aggregate may have been in the same batch, as released.
          update daftari.delivery d set status = 'parked'
            from unnest(other_indexes, other_event_ids, results) with ordinality as o (index, event_id, result, place)
            join daftari.delivery dead on dead.owner_id = owner_ids[o.index]
              and dead.subscription_id = subscription_ids[o.index] and dead.event_id = o.event_id
            where o.place = any(attempted_places) and o.result = 'dead' and d.status = 'pending'
              and d.subscription_id = dead.subscription_id and d.aggregate_id = dead.aggregate_id
              and d.aggregate_version > dead.aggregate_version;
        end if;

        -- The breaker of each subscription with a success, or else with failures. In order of id, so that two settlements
        -- lock the subscriptions in the same order and do not wait for each other.
        for subscriber in
          select subscription_ids[s.index] as id, true as has_success, 0 as failures
            from unnest(indexes_with_success) as s (index)
          union all
          select subscription_ids[o.index], false, count(*)::integer
            from unnest(other_indexes) with ordinality as o (index, place)
            where o.place = any(attempted_places) and o.index <> all(indexes_with_success) group by o.index
          order by id
        loop
          if subscriber.has_success then
            -- Nearly every batch comes here with a closed breaker and no failures, and must not write the row. Two
            -- statements, because found then says whether the breaker was open.
            update daftari.subscription s set consecutive_failures = 0
              where s.id = subscriber.id and s.consecutive_failures > 0 and s.consecutive_failures < breaker_opens_after;
            update daftari.subscription s set consecutive_failures = 0, open_until = null
              where s.id = subscriber.id and s.consecutive_failures >= breaker_opens_after;
            if found then
              update daftari.delivery d set next_attempt_at = settled_at
                where d.subscription_id = subscriber.id and d.status = 'pending' and d.next_attempt_at > settled_at;
            end if;
          else
            update daftari.subscription s set consecutive_failures = s.consecutive_failures + subscriber.failures,
              open_until = case when s.consecutive_failures + subscriber.failures >= breaker_opens_after
                then settled_at + interval '1 ms' * breaker_pauses_ms[least(
                  s.consecutive_failures + subscriber.failures - breaker_opens_after + 1, cardinality(breaker_pauses_ms))]
                end
              where s.id = subscriber.id;
          end if;
        end loop;
        return delivered_count + other_count;
      end $$;`
