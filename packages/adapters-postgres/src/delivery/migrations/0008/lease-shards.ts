export const LEASE_SHARDS = `
    create function daftari.lease_shards(holder_id uuid, lease_ms integer, given_up_shards integer[], takes_new_tokens boolean)
      returns table (held_shard integer, held_token bigint, surplus integer)
      language plpgsql set search_path = pg_catalog, pg_temp as $$
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
      end $$;`
