-- What the migrations make, read from the catalogue by scripts/dump-schema.ts. A test compares.

CREATE OR REPLACE FUNCTION daftari.claim_deliveries(shards integer[], shard_tokens bigint[], subscription_ids uuid[], limits integer[], due_from timestamp with time zone[], run_length integer, probe_ms integer)
 RETURNS TABLE(owner_id uuid, subscription_id uuid, shard integer, token bigint, attempts integer, failures integer, lost integer, is_probe boolean, due_at text, id uuid, type text, aggregate_type text, aggregate_id uuid, aggregate_version integer, at timestamp with time zone, actor_id text, body text)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
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
                and get_byte(uuid_send(d.aggregate_id), 15) % 32 = any(held_shards)
                and (d.claim_token is null or d.claim_token < held_tokens[get_byte(uuid_send(d.aggregate_id), 15) % 32 + 1])
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
                    and (f.claim_token is null or f.claim_token < held_tokens[get_byte(uuid_send(f.aggregate_id), 15) % 32 + 1])) over by_version
                    and (row_number() over by_version = 1 or first_value(f.claim_token) over by_version is null)
                    as is_claimable
                  from daftari.delivery f where f.subscription_id = target.id and f.aggregate_id = a.aggregate_id
                    and f.status in ('pending', 'dead', 'parked')
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
              claim_token = held_tokens[get_byte(uuid_send(d.aggregate_id), 15) % 32 + 1]
            from daftari.event e
            where d.owner_id = target.owner_id and d.subscription_id = target.id and d.event_id = any(chosen_event_ids)
              and d.status is not distinct from 'pending'
              and (d.claim_token is null or d.claim_token < held_tokens[get_byte(uuid_send(d.aggregate_id), 15) % 32 + 1])
              and e.owner_id = target.owner_id and e.id = d.event_id
            returning d.owner_id, d.subscription_id, get_byte(uuid_send(d.aggregate_id), 15) % 32, d.claim_token, d.attempts, d.failures, d.lost,
              target.is_probe, d.next_attempt_at::text, e.id, e.type, e.aggregate_type, e.aggregate_id,
              e.aggregate_version, e.at, e.actor_id, e.body;

          -- If this dispatcher has no delivery to probe with, release the probe so that another dispatcher can take it.
          if target.is_probe and not found then
            update daftari.subscription s set open_until = target.open_until
              where s.owner_id = target.owner_id and s.id = target.id;
          end if;
        end loop;
      end $function$;

CREATE OR REPLACE FUNCTION daftari.current_epoch()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select id from daftari.epoch $function$;

CREATE OR REPLACE FUNCTION daftari.current_owner()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.owner_id', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION daftari.find_api_key(wanted text)
 RETURNS SETOF daftari.api_key
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select * from daftari.api_key where hash = wanted $function$;

CREATE OR REPLACE FUNCTION daftari.forget_answers(most integer)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        with over as (
          select owner_id, key from daftari.idempotency where expires_at < now() order by expires_at limit most
          for update skip locked),
        gone as (delete from daftari.idempotency i using over
          where i.owner_id = over.owner_id and i.key = over.key returning 1)
        select count(*) from gone $function$;

CREATE OR REPLACE FUNCTION daftari.has_loaded_events()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        with recursive books as (
          (select owner_id from daftari.event order by owner_id limit 1)
          union all
          select (select e.owner_id from daftari.event e where e.owner_id > b.owner_id order by e.owner_id limit 1)
          from books b where b.owner_id is not null)
        select exists (
          select from books b cross join lateral (
            select e.xid from daftari.event e where e.owner_id = b.owner_id order by e.xid desc, e.seq desc limit 1) newest
          where newest.xid >= pg_snapshot_xmax(pg_current_snapshot())) $function$;

CREATE OR REPLACE FUNCTION daftari.keep_expense_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if tg_op <> 'INSERT' then
          delete from daftari.expense_word w using (select distinct left(word, 64) collate "C" as word from string_to_table(substr(old.words, 2), ' ') as word) as split
            where w.owner_id = old.owner_id and w.word = split.word and w.expense_date = old.expense_date
              and w.expense_id = old.id;
        end if;
        if tg_op <> 'DELETE' then
          insert into daftari.expense_word (owner_id, word, expense_date, expense_id)
            select new.owner_id, word, new.expense_date, new.id from (select distinct left(word, 64) collate "C" as word from string_to_table(substr(new.words, 2), ' ') as word) as split;
        end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION daftari.keep_invoice_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if tg_op <> 'INSERT' then
          delete from daftari.invoice_word w
            using (select 'all' as field, word from (select distinct left(word, 64) collate "C" as word from string_to_table(substr(old.words, 2), ' ') as word) as split
              union all select 'supplier', word from (select distinct left(word, 64) collate "C" as word from string_to_table(substr(old.supplier_words, 2), ' ') as word) as split) as known
            where w.owner_id = old.owner_id and w.field = known.field and w.word = known.word
              and w.invoice_id = old.id;
        end if;
        if tg_op <> 'DELETE' then
          insert into daftari.invoice_word (owner_id, field, word, invoice_id)
            select new.owner_id, 'all', word, new.id from (select distinct left(word, 64) collate "C" as word from string_to_table(substr(new.words, 2), ' ') as word) as split
            union all select new.owner_id, 'supplier', word, new.id from (select distinct left(word, 64) collate "C" as word from string_to_table(substr(new.supplier_words, 2), ' ') as word) as split;
        end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION daftari.lease_shards(holder_id uuid, lease_ms integer, given_up_shards integer[], takes_new_tokens boolean)
 RETURNS TABLE(held_shard integer, held_token bigint, surplus integer)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        leased_at timestamptz;
        fair_share integer;
        kept_count integer;
      begin
        -- One lease at a time: the share depends on who else is there. All lock the same rows in the same order, so that
        -- no two wait for each other.
        perform 1 from daftari.dispatch_shard order by shard for update;

        -- The time is read after the lock: the wait for it must not shorten the lease.
        leased_at := clock_timestamp();
        insert into daftari.dispatcher (id, seen_until) values (holder_id, leased_at + lease_ms * interval '1 ms')
          on conflict (id) do update set seen_until = excluded.seen_until;
        delete from daftari.dispatcher where seen_until <= leased_at;
        -- Rounded up, so that no shard is left over.
        select ceil(32.0 / count(*)) into fair_share from daftari.dispatcher;

        -- First what is given up, so that it does not count as kept.
        update daftari.dispatch_shard set holder = null, held_until = null, token = token + 1
          where holder = holder_id and shard = any(given_up_shards);

        -- A shard that is kept is renewed also when its lease was over: nobody else has taken it.
        update daftari.dispatch_shard
          set held_until = leased_at + lease_ms * interval '1 ms', token = token + takes_new_tokens::integer
          where holder = holder_id;
        get diagnostics kept_count = row_count;

        -- The new token fences off the holder before: its outcomes no longer count.
        update daftari.dispatch_shard
          set holder = holder_id, held_until = leased_at + lease_ms * interval '1 ms', token = token + 1
          where shard in (
            select s.shard from daftari.dispatch_shard s
            where s.holder is distinct from holder_id and (s.holder is null or s.held_until <= leased_at)
            order by s.shard limit greatest(fair_share - kept_count, 0));

        return query select s.shard, s.token, greatest(0, (count(*) over ())::integer - fair_share)
          from daftari.dispatch_shard s where s.holder = holder_id order by s.shard;
      end $function$;

CREATE OR REPLACE FUNCTION daftari.list_owners(after_id uuid, most integer)
 RETURNS SETOF daftari.owner
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select * from daftari.owner where name is not null and (after_id is null or id > after_id)
        order by id limit most $function$;

CREATE OR REPLACE FUNCTION daftari.require_rows(met bigint, wanted bigint, kind text, id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      begin
        if met <> wanted then
          raise exception using errcode = 'DF409', message = 'stale version', constraint = kind, detail = id;
        end if;
      end $function$;

CREATE OR REPLACE FUNCTION daftari.settle_deliveries(owner_ids uuid[], subscription_ids uuid[], delivered_indexes integer[], delivered_event_ids uuid[], delivered_tokens bigint[], delivered_at_ms bigint[], delivered_duration_ms integer[], other_indexes integer[], other_event_ids uuid[], other_tokens bigint[], other_at_ms bigint[], other_duration_ms integer[], attempt_numbers integer[], results text[], errors text[], retry_in_ms integer[], are_probes boolean[], breaker_opens_after integer, breaker_pauses_ms integer[])
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
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
            and d.event_id = o.event_id and d.claim_token = o.token and o.token = latest_tokens[get_byte(uuid_send(d.aggregate_id), 15) % 32 + 1]
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
              and d.event_id = o.event_id and d.claim_token = o.token and o.token = latest_tokens[get_byte(uuid_send(d.aggregate_id), 15) % 32 + 1]
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
      end $function$;

create table daftari.api_key (
  owner_id uuid not null,
  id uuid not null,
  version integer not null,
  name text not null,
  scopes text[] not null,
  hash text not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint api_key_hash_unique UNIQUE (hash),
  constraint api_key_owner_fk FOREIGN KEY (owner_id) REFERENCES daftari.owner(id),
  constraint api_key_pk PRIMARY KEY (owner_id, id)
);

create table daftari.attachment (
  owner_id uuid not null,
  id uuid not null,
  file_name text not null,
  content_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  state text not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  store_id uuid not null,
  constraint attachment_expiry_check CHECK (((state = 'linked'::text) = (expires_at IS NULL))),
  constraint attachment_owner_fk FOREIGN KEY (owner_id) REFERENCES daftari.owner(id),
  constraint attachment_pk PRIMARY KEY (owner_id, id),
  constraint attachment_state_check CHECK ((state = ANY (ARRAY['staged'::text, 'linked'::text])))
);

create table daftari.category (
  owner_id uuid not null,
  id uuid not null,
  version integer not null,
  name text not null,
  name_key text collate "C" not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint category_name_unique UNIQUE (owner_id, name_key),
  constraint category_owner_fk FOREIGN KEY (owner_id) REFERENCES daftari.owner(id),
  constraint category_pk PRIMARY KEY (owner_id, id)
);

create table daftari.delivery (
  owner_id uuid not null,
  subscription_id uuid not null,
  event_id uuid not null,
  aggregate_id uuid not null,
  aggregate_version integer not null,
  status text not null default 'pending'::text,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  failures integer not null default 0,
  lost integer not null default 0,
  claim_token bigint,
  last_error text,
  finished_at timestamp with time zone,
  arrived_at timestamp with time zone,
  arrived_ms integer,
  constraint delivery_event_fk FOREIGN KEY (owner_id, event_id) REFERENCES daftari.event(owner_id, id),
  constraint delivery_pk PRIMARY KEY (owner_id, subscription_id, event_id),
  constraint delivery_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text, 'parked'::text, 'cancelled'::text]))),
  constraint delivery_subscription_fk FOREIGN KEY (owner_id, subscription_id) REFERENCES daftari.subscription(owner_id, id)
);

create table daftari.delivery_attempt (
  owner_id uuid not null,
  subscription_id uuid not null,
  event_id uuid not null,
  number integer not null,
  at timestamp with time zone not null,
  duration_ms integer not null,
  error text,
  constraint delivery_attempt_delivery_fk FOREIGN KEY (owner_id, subscription_id, event_id) REFERENCES daftari.delivery(owner_id, subscription_id, event_id) ON DELETE CASCADE,
  constraint delivery_attempt_pk PRIMARY KEY (owner_id, subscription_id, event_id, number)
);

create table daftari.dispatch_shard (
  shard integer not null,
  holder uuid,
  held_until timestamp with time zone,
  token bigint not null default 0,
  constraint dispatch_shard_pk PRIMARY KEY (shard)
);

create table daftari.dispatcher (
  id uuid not null,
  seen_until timestamp with time zone not null,
  constraint dispatcher_pk PRIMARY KEY (id)
);

create table daftari.epoch (
  id uuid not null default gen_random_uuid(),
  since timestamp with time zone not null default now(),
  constraint epoch_pk PRIMARY KEY (id)
);

create table daftari.event (
  owner_id uuid not null,
  id uuid not null,
  type text not null,
  aggregate_type text not null,
  aggregate_id uuid not null,
  aggregate_version integer not null,
  at timestamp with time zone not null,
  actor_id text not null,
  body text not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity,
  constraint event_pk PRIMARY KEY (owner_id, id),
  constraint event_version_unique UNIQUE (owner_id, aggregate_id, aggregate_version)
);

create table daftari.expense (
  owner_id uuid not null,
  id uuid not null,
  version integer not null,
  category_id uuid not null,
  amount_minor bigint not null,
  currency character(3) not null,
  expense_date date not null,
  description text,
  words text collate "C" not null,
  attachment_ids uuid[] not null default '{}'::uuid[],
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint expense_amount_check CHECK ((amount_minor > 0)),
  constraint expense_category_fk FOREIGN KEY (owner_id, category_id) REFERENCES daftari.category(owner_id, id),
  constraint expense_currency_fk FOREIGN KEY (owner_id, currency) REFERENCES daftari.settings(owner_id, base_currency),
  constraint expense_pk PRIMARY KEY (owner_id, id)
);

create table daftari.expense_word (
  owner_id uuid not null,
  word text collate "C" not null,
  expense_date date not null,
  expense_id uuid not null,
  constraint expense_word_pk PRIMARY KEY (owner_id, word, expense_date, expense_id)
);

create table daftari.idempotency (
  owner_id uuid not null,
  key text collate "C" not null,
  fingerprint text not null,
  result text not null,
  expires_at timestamp with time zone not null,
  constraint idempotency_pk PRIMARY KEY (owner_id, key)
);

create table daftari.invoice (
  owner_id uuid not null,
  id uuid not null,
  version integer not null,
  status text not null,
  supplier_name text not null,
  supplier_tax_id text,
  supplier_iban text,
  supplier_key text collate "C" not null,
  supplier_words text collate "C" not null,
  number text not null,
  number_key text collate "C" not null,
  issue_date date,
  due_date date not null,
  currency character(3) not null,
  total_minor bigint not null,
  total_hundredths bigint not null,
  subtotal_minor bigint,
  tax_minor bigint,
  paid_minor bigint not null,
  notes text,
  words text collate "C" not null,
  attachment_ids uuid[] not null default '{}'::uuid[],
  duplicate_reason text,
  void_reason text,
  urgency_level text,
  urgency_reason text,
  urgency_set_by text,
  urgency_set_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint invoice_owner_fk FOREIGN KEY (owner_id) REFERENCES daftari.owner(id),
  constraint invoice_paid_check CHECK (((total_minor > 0) AND ((paid_minor >= 0) AND (paid_minor <= total_minor)) AND ((status = 'paid'::text) = (paid_minor = total_minor)) AND ((status = 'void'::text) = (void_reason IS NOT NULL)))),
  constraint invoice_pk PRIMARY KEY (owner_id, id),
  constraint invoice_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'partly_paid'::text, 'paid'::text, 'void'::text]))),
  constraint invoice_urgency_check CHECK ((urgency_level = ANY (ARRAY['overdue'::text, 'critical'::text, 'high'::text, 'medium'::text, 'low'::text])))
);

create table daftari.invoice_word (
  owner_id uuid not null,
  field text collate "C" not null,
  word text collate "C" not null,
  invoice_id uuid not null,
  constraint invoice_word_field_check CHECK ((field = ANY (ARRAY['all'::text, 'supplier'::text]))),
  constraint invoice_word_pk PRIMARY KEY (owner_id, field, word, invoice_id)
);

create table daftari.owner (
  id uuid not null,
  name text,
  time_zone text not null default 'Africa/Dar_es_Salaam'::text,
  created_at timestamp with time zone not null default now(),
  created_by text not null default 'books'::text,
  constraint owner_pk PRIMARY KEY (id)
);

create table daftari.payment (
  owner_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  amount_minor bigint not null,
  currency character(3) not null,
  paid_on date not null,
  method text not null,
  reference text,
  reversal_reason text,
  reversed_at timestamp with time zone,
  reversed_by text,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint payment_amount_check CHECK ((amount_minor > 0)),
  constraint payment_invoice_fk FOREIGN KEY (owner_id, invoice_id) REFERENCES daftari.invoice(owner_id, id),
  constraint payment_method_check CHECK ((method = ANY (ARRAY['cash'::text, 'bank'::text, 'mobile_money'::text, 'card'::text, 'cheque'::text]))),
  constraint payment_pk PRIMARY KEY (owner_id, id)
);

create table daftari.settings (
  owner_id uuid not null,
  version integer not null default 0,
  time_zone text not null,
  base_currency character(3) not null default 'TZS'::bpchar,
  min_minor bigint not null default 1,
  max_minor bigint not null default 100000000,
  critical_days integer not null default 7,
  high_days integer not null default 14,
  medium_days integer not null default 30,
  max_categories integer not null default 100,
  created_at timestamp with time zone,
  created_by text,
  updated_at timestamp with time zone,
  constraint settings_currency_unique UNIQUE (owner_id, base_currency),
  constraint settings_owner_fk FOREIGN KEY (owner_id) REFERENCES daftari.owner(id),
  constraint settings_pk PRIMARY KEY (owner_id),
  constraint settings_policy_check CHECK (((min_minor > 0) AND (min_minor <= max_minor))),
  constraint settings_urgency_check CHECK (((critical_days < high_days) AND (high_days < medium_days)))
);

create table daftari.subscription (
  owner_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  event_types text[] not null,
  is_enabled boolean not null default true,
  created_at timestamp with time zone not null default now(),
  is_paused boolean not null default false,
  consecutive_failures integer not null default 0,
  open_until timestamp with time zone,
  hears_since timestamp with time zone not null,
  cleaned_before timestamp with time zone,
  version integer not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint subscription_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'handler'::text]))),
  constraint subscription_name_unique UNIQUE (owner_id, name),
  constraint subscription_owner_fk FOREIGN KEY (owner_id) REFERENCES daftari.owner(id),
  constraint subscription_pk PRIMARY KEY (owner_id, id)
);

comment on column daftari.owner.name is 'absent where the books were opened by their first write';

CREATE INDEX attachment_expiry_idx ON daftari.attachment USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX delivery_due_idx ON daftari.delivery USING btree (subscription_id, next_attempt_at) WHERE (status = 'pending'::text);

CREATE INDEX delivery_finished_idx ON daftari.delivery USING btree (finished_at) WHERE (status = ANY (ARRAY['delivered'::text, 'cancelled'::text]));

CREATE INDEX delivery_order_idx ON daftari.delivery USING btree (subscription_id, aggregate_id, aggregate_version) WHERE (status = ANY (ARRAY['pending'::text, 'dead'::text, 'parked'::text]));

CREATE UNIQUE INDEX epoch_single_idx ON daftari.epoch USING btree ((true));

CREATE INDEX event_feed_idx ON daftari.event USING btree (owner_id, xid, seq);

CREATE INDEX expense_amount_idx ON daftari.expense USING btree (owner_id, amount_minor, id);

CREATE INDEX expense_day_idx ON daftari.expense USING btree (owner_id, expense_date, id) INCLUDE (category_id, amount_minor);

CREATE INDEX expense_filed_idx ON daftari.expense USING btree (owner_id, category_id, expense_date, id) INCLUDE (amount_minor);

CREATE INDEX idempotency_expiry_idx ON daftari.idempotency USING btree (expires_at);

CREATE INDEX invoice_created_idx ON daftari.invoice USING btree (owner_id, created_at, id);

CREATE INDEX invoice_due_idx ON daftari.invoice USING btree (owner_id, due_date, id);

CREATE INDEX invoice_number_idx ON daftari.invoice USING btree (owner_id, number_key);

CREATE INDEX invoice_open_idx ON daftari.invoice USING btree (owner_id, due_date, id) WHERE (status = ANY (ARRAY['pending'::text, 'partly_paid'::text]));

CREATE INDEX invoice_set_by_hand_idx ON daftari.invoice USING btree (owner_id) WHERE ((urgency_level IS NOT NULL) AND (status = ANY (ARRAY['pending'::text, 'partly_paid'::text])));

CREATE INDEX invoice_settled_idx ON daftari.invoice USING btree (owner_id, due_date, id) WHERE (status = ANY (ARRAY['paid'::text, 'void'::text]));

CREATE INDEX invoice_total_idx ON daftari.invoice USING btree (owner_id, total_hundredths, id);

CREATE UNIQUE INDEX invoice_twin_unique ON daftari.invoice USING btree (owner_id, supplier_key, number_key) WHERE ((status <> 'void'::text) AND (duplicate_reason IS NULL));

CREATE INDEX payment_invoice_idx ON daftari.payment USING btree (owner_id, invoice_id);

CREATE UNIQUE INDEX subscription_id_idx ON daftari.subscription USING btree (id);

create view daftari.expense_report with (security_invoker=true) as  SELECT owner_id,
    id,
    category_id,
    expense_date,
    currency,
    description,
    created_at,
    created_by,
        CASE
            WHEN (currency = ANY (ARRAY['BIF'::bpchar, 'CLP'::bpchar, 'DJF'::bpchar, 'GNF'::bpchar, 'ISK'::bpchar, 'JPY'::bpchar, 'KMF'::bpchar, 'KRW'::bpchar, 'PYG'::bpchar, 'RWF'::bpchar, 'UGX'::bpchar, 'VND'::bpchar, 'XAF'::bpchar, 'XOF'::bpchar])) THEN (amount_minor)::numeric
            ELSE (((amount_minor)::numeric / (100)::numeric))::numeric(20,2)
        END AS amount
   FROM daftari.expense;

create trigger on daftari.expense: CREATE TRIGGER expense_words_deleted AFTER DELETE ON daftari.expense FOR EACH ROW WHEN ((old.words <> ''::text)) EXECUTE FUNCTION daftari.keep_expense_words();

create trigger on daftari.expense: CREATE TRIGGER expense_words_inserted AFTER INSERT ON daftari.expense FOR EACH ROW WHEN ((new.words <> ''::text)) EXECUTE FUNCTION daftari.keep_expense_words();

create trigger on daftari.expense: CREATE TRIGGER expense_words_updated AFTER UPDATE ON daftari.expense FOR EACH ROW WHEN (((old.words <> new.words) OR (old.expense_date <> new.expense_date))) EXECUTE FUNCTION daftari.keep_expense_words();

create trigger on daftari.invoice: CREATE TRIGGER invoice_words_deleted AFTER DELETE ON daftari.invoice FOR EACH ROW EXECUTE FUNCTION daftari.keep_invoice_words();

create trigger on daftari.invoice: CREATE TRIGGER invoice_words_inserted AFTER INSERT ON daftari.invoice FOR EACH ROW EXECUTE FUNCTION daftari.keep_invoice_words();

create trigger on daftari.invoice: CREATE TRIGGER invoice_words_updated AFTER UPDATE ON daftari.invoice FOR EACH ROW WHEN (((old.words <> new.words) OR (old.supplier_words <> new.supplier_words))) EXECUTE FUNCTION daftari.keep_invoice_words();

alter table daftari.api_key enable row level security, force row level security;

alter table daftari.attachment enable row level security, force row level security;

alter table daftari.category enable row level security, force row level security;

alter table daftari.delivery enable row level security, force row level security;

alter table daftari.delivery_attempt enable row level security, force row level security;

alter table daftari.dispatch_shard enable row level security, force row level security;

alter table daftari.dispatcher enable row level security, force row level security;

alter table daftari.epoch enable row level security, force row level security;

alter table daftari.event enable row level security, force row level security;

alter table daftari.expense enable row level security, force row level security;

alter table daftari.expense_word enable row level security, force row level security;

alter table daftari.idempotency enable row level security, force row level security;

alter table daftari.invoice enable row level security, force row level security;

alter table daftari.invoice_word enable row level security, force row level security;

alter table daftari.owner enable row level security, force row level security;

alter table daftari.payment enable row level security, force row level security;

alter table daftari.settings enable row level security, force row level security;

alter table daftari.subscription enable row level security, force row level security;

create policy access_lookup on daftari.api_key as permissive for select to the owner
  using (true);

create policy own_rows on daftari.api_key as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.attachment as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy upkeep on daftari.attachment as permissive for select to the owner
  using (true);

create policy own_rows on daftari.category as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy dispatch on daftari.delivery as permissive for all to the owner
  using (true)
  with check (true);

create policy own_rows on daftari.delivery as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy dispatch on daftari.delivery_attempt as permissive for all to the owner
  using (true)
  with check (true);

create policy own_rows on daftari.delivery_attempt as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy dispatch on daftari.dispatch_shard as permissive for all to the owner
  using (true)
  with check (true);

create policy own_rows on daftari.dispatch_shard as permissive for all to public
  using ((false AND (daftari.current_owner() IS NULL)))
  with check ((false AND (daftari.current_owner() IS NULL)));

create policy dispatch on daftari.dispatcher as permissive for all to the owner
  using (true)
  with check (true);

create policy own_rows on daftari.dispatcher as permissive for all to public
  using ((false AND (daftari.current_owner() IS NULL)))
  with check ((false AND (daftari.current_owner() IS NULL)));

create policy own_rows on daftari.epoch as permissive for all to public
  using ((false AND (daftari.current_owner() IS NULL)))
  with check ((false AND (daftari.current_owner() IS NULL)));

create policy renewal on daftari.epoch as permissive for all to the owner
  using (true)
  with check (true);

create policy dispatch on daftari.event as permissive for all to the owner
  using (true)
  with check (true);

create policy own_rows on daftari.event as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.expense as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.expense_word as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy forgetting on daftari.idempotency as permissive for all to the owner
  using (true);

create policy own_rows on daftari.idempotency as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.invoice as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.invoice_word as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy access_lookup on daftari.owner as permissive for select to the owner
  using (true);

create policy own_rows on daftari.owner as permissive for all to public
  using ((id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.payment as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy own_rows on daftari.settings as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

create policy dispatch on daftari.subscription as permissive for all to the owner
  using (true)
  with check (true);

create policy own_rows on daftari.subscription as permissive for all to public
  using ((owner_id = ( SELECT daftari.current_owner() AS current_owner)))
  with check ((owner_id = ( SELECT daftari.current_owner() AS current_owner)));

grant usage on schema daftari to daftari_app;

grant delete, insert, select, update on daftari.api_key to daftari_app;

grant delete, insert, select, update on daftari.attachment to daftari_app;

grant delete, insert, select, update on daftari.category to daftari_app;

grant delete, insert, select, update on daftari.delivery to daftari_app;

grant insert, select on daftari.delivery_attempt to daftari_app;

grant select on daftari.dispatch_shard to daftari_app;

grant select on daftari.dispatcher to daftari_app;

grant insert, select on daftari.event to daftari_app;

grant delete, insert, select, update on daftari.expense to daftari_app;

grant delete, insert, select, update on daftari.expense_report to daftari_app;

grant delete, insert, select, update on daftari.expense_word to daftari_app;

grant delete, insert, select, update on daftari.idempotency to daftari_app;

grant delete, insert, select, update on daftari.invoice to daftari_app;

grant delete, insert, select, update on daftari.invoice_word to daftari_app;

grant delete, insert, select, update on daftari.owner to daftari_app;

grant delete, insert, select, update on daftari.payment to daftari_app;

grant delete, insert, select, update on daftari.settings to daftari_app;

grant delete, insert, select, update on daftari.subscription to daftari_app;

grant execute on function daftari.current_epoch() to daftari_app;

grant execute on function daftari.current_owner() to public;

grant execute on function daftari.find_api_key(text) to daftari_app;

grant execute on function daftari.forget_answers(integer) to daftari_app;

grant execute on function daftari.has_loaded_events() to daftari_app;

grant execute on function daftari.keep_expense_words() to public;

grant execute on function daftari.keep_invoice_words() to public;

grant execute on function daftari.list_owners(uuid,integer) to daftari_app;

grant execute on function daftari.require_rows(bigint,bigint,text,text) to public;
