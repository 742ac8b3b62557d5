import type { Migration } from '../../kernel/migrate/migration.ts'

export const UNFINISHED = `('pending', 'dead', 'parked')`

/**
 * An expression and not a generated column, because PostgreSQL would evaluate a generated column for every updated row,
 * even when its inputs did not change.
 */
export const shardOf = (row: string): string => `get_byte(uuid_send(${row}.aggregate_id), 15) % 32`

/**
 * Forces the use of indexes. These tables can go from empty to full between two updates of their statistics, so the
 * planner may choose a sequential scan, but a batch is always few rows.
 */
export const BY_INDEX = 'set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off'

const LEASE = `
    create function daftari.lease_shards(by_holder uuid, lease_ms integer, give_up integer[], is_anew boolean)
      returns table (held_shard integer, held_token bigint, surplus integer)
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      declare
        at timestamptz;
        share integer;
        had integer;
      begin
        perform 1 from daftari.dispatch_shard order by shard for update;
        at := clock_timestamp();
        insert into daftari.dispatcher (id, seen_until) values (by_holder, at + lease_ms * interval '1 ms')
          on conflict (id) do update set seen_until = excluded.seen_until;
        delete from daftari.dispatcher where seen_until <= at;
        select ceil(32.0 / count(*)) into share from daftari.dispatcher;
        update daftari.dispatch_shard set holder = null, held_until = null, token = token + 1
          where holder = by_holder and shard = any(give_up);
        update daftari.dispatch_shard
          set held_until = at + lease_ms * interval '1 ms', token = token + is_anew::integer
          where holder = by_holder;
        get diagnostics had = row_count;
        update daftari.dispatch_shard
          set holder = by_holder, held_until = at + lease_ms * interval '1 ms', token = token + 1
          where shard in (
            select s.shard from daftari.dispatch_shard s
            where s.holder is distinct from by_holder and (s.holder is null or s.held_until <= at)
            order by s.shard limit greatest(share - had, 0));
        return query select s.shard, s.token, greatest(0, (count(*) over ())::integer - share)
          from daftari.dispatch_shard s where s.holder = by_holder order by s.shard;
      end $$;`

/** The function returns the events themselves, because a join around the call would not see events that were committed after the statement began. */
const CLAIM = `
    create function daftari.claim_deliveries(shards integer[], given_tokens bigint[], wanted uuid[], wanted_most integer[],
        floors timestamptz[], run_length integer, probe_ms integer)
      returns table (owner_id uuid, subscription_id uuid, shard integer, token bigint, attempts integer,
        failures integer, lost integer, is_probe boolean, due_at text, id uuid, type text, aggregate_type text,
        aggregate_id uuid, aggregate_version integer, at timestamptz, actor_id text, body text)
      language plpgsql set search_path = pg_catalog, pg_temp ${BY_INDEX} as $$
      #variable_conflict use_column
      declare
        moment timestamptz := clock_timestamp();
        tokens bigint[] := array_fill(-1::bigint, array[32]);
        held integer[] := '{}';
        target record;
        chosen uuid[];
        gathered uuid[];
        room integer;
        behind integer;
        looked integer;
        seen integer;
      begin
        for target in select s.shard, s.token from daftari.dispatch_shard s
          join unnest(shards, given_tokens) as g (shard, token) on g.shard = s.shard and g.token = s.token
        loop
          tokens[target.shard + 1] := target.token;
          held := held || target.shard;
        end loop;
        for target in select s.owner_id, s.id, s.open_until, s.open_until is not null as is_probe, w.most, w.floor
          from unnest(wanted, wanted_most, floors) as w (id, most, floor) join daftari.subscription s on s.id = w.id
          where s.is_enabled and not s.is_paused and (s.open_until is null or s.open_until <= moment)
        loop
          if target.is_probe then
            update daftari.subscription s set open_until = moment + probe_ms * interval '1 ms'
              where s.owner_id = target.owner_id and s.id = target.id and s.open_until <= moment;
            continue when not found;
          end if;
          chosen := '{}';
          room := case when target.is_probe then 1 else target.most end;
          looked := 0;
          loop
            behind := looked;
            looked := 2 * looked + room;
            with due as materialized (
              select d.aggregate_id, row_number() over (order by d.next_attempt_at) as place
              from daftari.delivery d where d.subscription_id = target.id and d.status = 'pending'
                and d.next_attempt_at >= target.floor and d.next_attempt_at <= moment
                and ${shardOf('d')} = any(held)
                and (d.claim_token is null or d.claim_token < tokens[${shardOf('d')} + 1])
              order by d.next_attempt_at limit looked)
            select count(*), array(
                select r.event_id from (
                  select due.aggregate_id, min(due.place) as place from due
                  group by due.aggregate_id having min(due.place) > behind) a
                cross join lateral (
                  select f.event_id, f.aggregate_version, bool_and(f.status = 'pending' and f.next_attempt_at <= moment
                    and (f.claim_token is null or f.claim_token < tokens[${shardOf('f')} + 1])) over line
                    and (row_number() over line = 1 or first_value(f.claim_token) over line is null) as is_next
                  from daftari.delivery f where f.subscription_id = target.id and f.aggregate_id = a.aggregate_id
                    and f.status in ${UNFINISHED}
                  window line as (order by f.aggregate_version)
                  order by f.aggregate_version limit run_length) r
                where r.is_next order by a.place, r.aggregate_version limit room)
              into seen, gathered from due;
            chosen := chosen || gathered;
            room := room - cardinality(gathered);
            exit when room <= 0 or seen < looked;
          end loop;
          return query update daftari.delivery d set attempts = d.attempts + 1,
              lost = case when d.claim_token is null then d.lost else d.lost + 1 end,
              claim_token = tokens[${shardOf('d')} + 1]
            from daftari.event e
            where d.owner_id = target.owner_id and d.subscription_id = target.id and d.event_id = any(chosen)
              and d.status is not distinct from 'pending'
              and (d.claim_token is null or d.claim_token < tokens[${shardOf('d')} + 1])
              and e.owner_id = target.owner_id and e.id = d.event_id
            returning d.owner_id, d.subscription_id, ${shardOf('d')}, d.claim_token, d.attempts, d.failures, d.lost,
              target.is_probe, d.next_attempt_at::text, e.id, e.type, e.aggregate_type, e.aggregate_id,
              e.aggregate_version, e.at, e.actor_id, e.body;
          -- Whoever has nothing to try with leaves the turn to another.
          if target.is_probe and not found then
            update daftari.subscription s set open_until = target.open_until
              where s.owner_id = target.owner_id and s.id = target.id;
          end if;
        end loop;
      end $$;`

/** Delivered outcomes are handled separately, because nearly all outcomes are delivered and they need fewer columns. */
const SETTLE = `
    create function daftari.settle_deliveries(owners uuid[], subscriptions uuid[],
        came_of integer[], came_events uuid[], came_tokens bigint[], came_at_ms bigint[], came_ms integer[],
        other_of integer[], other_events uuid[], other_tokens bigint[], other_at_ms bigint[], other_ms integer[],
        numbers integer[], results text[], errors text[], retries integer[], probes boolean[],
        opens_after integer, pauses_ms integer[])
      returns integer language plpgsql set search_path = pg_catalog, pg_temp ${BY_INDEX} as $$
      declare
        moment timestamptz := clock_timestamp();
        latest bigint[] := array(select s.token from daftari.dispatch_shard s order by s.shard);
        counted integer;
        others integer := 0;
        arrived integer[];
        broken bigint[];
        told record;
      begin
        with settled as (
          update daftari.delivery d set claim_token = null, lost = 0, last_error = null, status = 'delivered',
            finished_at = moment, arrived_at = to_timestamp(o.at_ms::double precision / 1000), arrived_ms = o.duration_ms
          from unnest(came_of, came_events, came_tokens, came_at_ms, came_ms)
            as o (whose, event_id, token, at_ms, duration_ms)
          where d.owner_id = owners[o.whose] and d.subscription_id = subscriptions[o.whose] and d.event_id = o.event_id
            and d.claim_token = o.token and o.token = latest[${shardOf('d')} + 1]
          returning o.whose)
        select count(*), coalesce(array_agg(distinct whose), '{}') into counted, arrived from settled;

        if other_events <> '{}' then
          with settled as (
            update daftari.delivery d set
              claim_token = null,
              attempts = d.attempts - (o.result = 'released')::integer,
              lost = case when o.result = 'released' then d.lost else 0 end,
              failures = d.failures + (o.result <> 'released' and not o.is_probe)::integer,
              last_error = case when o.result = 'released' then d.last_error else o.error end,
              status = case o.result when 'dead' then 'dead' else d.status end,
              finished_at = case when o.result = 'dead' then moment end,
              next_attempt_at = case when o.result = 'failed' then moment + o.retry_ms * interval '1 ms'
                else d.next_attempt_at end
            from unnest(other_of, other_events, other_tokens, results, errors, retries, probes)
              with ordinality as o (whose, event_id, token, result, error, retry_ms, is_probe, place)
            where d.owner_id = owners[o.whose] and d.subscription_id = subscriptions[o.whose]
              and d.event_id = o.event_id and d.claim_token = o.token and o.token = latest[${shardOf('d')} + 1]
            returning o.place, o.result)
          select count(*), array_agg(place) filter (where result <> 'released') into others, broken from settled;
        end if;

        if broken is not null then
          insert into daftari.delivery_attempt (owner_id, subscription_id, event_id, number, at, duration_ms, error)
            select owners[o.whose], subscriptions[o.whose], o.event_id, o.number,
              to_timestamp(o.at_ms::double precision / 1000), o.duration_ms, o.error
            from unnest(other_of, other_events, numbers, other_at_ms, other_ms, errors) with ordinality
              as o (whose, event_id, number, at_ms, duration_ms, error, place)
            where o.place = any(broken)
            on conflict do nothing;
          update daftari.delivery d set status = 'parked'
            from unnest(other_of, other_events, results) with ordinality as o (whose, event_id, result, place)
            join daftari.delivery dead on dead.owner_id = owners[o.whose]
              and dead.subscription_id = subscriptions[o.whose] and dead.event_id = o.event_id
            where o.place = any(broken) and o.result = 'dead' and d.status = 'pending'
              and d.subscription_id = dead.subscription_id and d.aggregate_id = dead.aggregate_id
              and d.aggregate_version > dead.aggregate_version;
        end if;

        for told in select subscriptions[a.whose] as id, true as has_arrived, 0 as times from unnest(arrived) as a (whose)
          union all
          select subscriptions[o.whose], false, count(*)::integer from unnest(other_of) with ordinality as o (whose, place)
          where o.place = any(broken) and o.whose <> all(arrived) group by o.whose
          order by id
        loop
          if told.has_arrived then
            update daftari.subscription s set consecutive_failures = 0
              where s.id = told.id and s.consecutive_failures > 0 and s.consecutive_failures < opens_after;
            update daftari.subscription s set consecutive_failures = 0, open_until = null
              where s.id = told.id and s.consecutive_failures >= opens_after;
            if found then
              update daftari.delivery d set next_attempt_at = moment
                where d.subscription_id = told.id and d.status = 'pending' and d.next_attempt_at > moment;
            end if;
          else
            update daftari.subscription s set consecutive_failures = s.consecutive_failures + told.times,
              open_until = case when s.consecutive_failures + told.times >= opens_after then moment + interval '1 ms'
                * pauses_ms[least(s.consecutive_failures + told.times - opens_after + 1, cardinality(pauses_ms))] end
              where s.id = told.id;
          end if;
        end loop;
        return counted + others;
      end $$;`

/** A later migration replaces these functions, and its `down` creates them again. */
export const FUNCTIONS: string = `${LEASE}${CLAIM}${SETTLE}`

const RIGHTS = `
    revoke all on function daftari.lease_shards, daftari.claim_deliveries, daftari.settle_deliveries from public;
    grant select on daftari.delivery_attempt, daftari.dispatch_shard, daftari.dispatcher to daftari_app;
    grant insert on daftari.delivery_attempt to daftari_app;`

/** Adds subscriptions that can be paused and shut off, deliveries with leases, and attempts. */
export const deliveryMigration: Migration = {
  name: '0005-delivery',
  rights: RIGHTS,
  up: `
    alter table daftari.subscription
      add column is_paused boolean not null default false,
      add column consecutive_failures integer not null default 0,
      add column open_until timestamptz,
      add column hears_since timestamptz,
      add column cleaned_before timestamptz,
      add constraint subscription_name_unique unique (owner_id, name);
    create unique index subscription_id_idx on daftari.subscription (id);

    alter table daftari.delivery
      add column failures integer not null default 0,
      add column lost integer not null default 0,
      add column claim_token bigint,
      add column last_error text,
      add column finished_at timestamptz,
      add column arrived_at timestamptz,
      add column arrived_ms integer;
    alter table daftari.delivery set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
    drop index daftari.delivery_due_idx;
    create index delivery_due_idx on daftari.delivery (subscription_id, next_attempt_at) where status = 'pending';
    create index delivery_order_idx on daftari.delivery (subscription_id, aggregate_id, aggregate_version)
      where status in ${UNFINISHED};
    create index delivery_finished_idx on daftari.delivery (finished_at) where status in ('delivered', 'cancelled');

    -- The attempt that arrived stands in the delivery itself, until that is sent once more.
    create table daftari.delivery_attempt (
      owner_id uuid not null,
      subscription_id uuid not null,
      event_id uuid not null,
      number integer not null,
      at timestamptz not null,
      duration_ms integer not null,
      error text,
      constraint delivery_attempt_pk primary key (owner_id, subscription_id, event_id, number),
      constraint delivery_attempt_delivery_fk foreign key (owner_id, subscription_id, event_id)
        references daftari.delivery (owner_id, subscription_id, event_id) on delete cascade
    );
    create table daftari.dispatch_shard (
      shard integer constraint dispatch_shard_pk primary key,
      holder uuid,
      held_until timestamptz,
      token bigint not null default 0
    );
    insert into daftari.dispatch_shard (shard) select generate_series(0, 31);
    create table daftari.dispatcher (id uuid constraint dispatcher_pk primary key, seen_until timestamptz not null);
    ${FUNCTIONS}

    ${RIGHTS}
    ${['delivery_attempt', 'dispatch_shard', 'dispatcher']
      .map((table) => `alter table daftari.${table} enable row level security, force row level security;`)
      .join('\n    ')}
    create policy own_rows on daftari.delivery_attempt
      using (owner_id = (select daftari.current_owner())) with check (owner_id = (select daftari.current_owner()));
    -- Of no owner: whoever is set sees none of them.
    ${['dispatch_shard', 'dispatcher']
      .map(
        (
          table,
        ) => `create policy own_rows on daftari.${table} using (false and daftari.current_owner() is null)
      with check (false and daftari.current_owner() is null);`,
      )
      .join('\n    ')}

    -- The dispatcher serves all owners, as the owner of the schema.
    ${['delivery_attempt', 'dispatch_shard', 'dispatcher', 'delivery', 'subscription', 'event']
      .map(
        (table) =>
          `create policy dispatch on daftari.${table} to current_user using (true) with check (true);`,
      )
      .join('\n    ')}
  `,
  down: `
    drop policy dispatch on daftari.delivery;
    drop policy dispatch on daftari.subscription;
    drop policy dispatch on daftari.event;
    drop function daftari.lease_shards, daftari.claim_deliveries, daftari.settle_deliveries;
    drop table daftari.delivery_attempt, daftari.dispatch_shard, daftari.dispatcher;
    drop index daftari.delivery_due_idx, daftari.delivery_order_idx, daftari.delivery_finished_idx;
    alter table daftari.delivery drop column failures, drop column lost, drop column claim_token,
      drop column last_error, drop column finished_at, drop column arrived_at, drop column arrived_ms;
    alter table daftari.delivery reset (fillfactor, autovacuum_vacuum_scale_factor);
    create index delivery_due_idx on daftari.delivery (next_attempt_at) where status = 'pending';
    drop index daftari.subscription_id_idx;
    alter table daftari.subscription drop constraint subscription_name_unique, drop column is_paused,
      drop column consecutive_failures, drop column open_until, drop column hears_since,
      drop column cleaned_before;
  `,
}
