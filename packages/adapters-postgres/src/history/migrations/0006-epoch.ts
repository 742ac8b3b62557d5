import type { Migration } from '../../kernel/migrate/migration.ts'

const RIGHTS = `
    revoke all on function daftari.current_epoch(), daftari.has_loaded_events() from public;
    grant execute on function daftari.current_epoch(), daftari.has_loaded_events() to daftari_app;`

/**
 * Adds the epoch of the feed. A new epoch begins when the books are restored into another server, because the feed is
 * ordered by transaction numbers and every server counts its own.
 */
export const epochMigration: Migration = {
  name: '0006-epoch',
  rights: RIGHTS,
  up: `
    create table daftari.epoch (
      id uuid constraint epoch_pk primary key default gen_random_uuid(),
      since timestamptz not null default now()
    );
    create unique index epoch_single_idx on daftari.epoch ((true));
    insert into daftari.epoch default values;

    -- Of no owner: the restricted role asks through the function below.
    alter table daftari.epoch enable row level security, force row level security;
    create policy own_rows on daftari.epoch using (false and daftari.current_owner() is null)
      with check (false and daftari.current_owner() is null);
    create policy renewal on daftari.epoch to current_user using (true) with check (true);

    create function daftari.current_epoch() returns uuid
      language sql stable security definer set search_path = pg_catalog, pg_temp
      as $$ select id from daftari.epoch $$;

    -- Whether an event has a number that this server has not given out. Reads the newest event of each owner, by the index.
    create function daftari.has_loaded_events() returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp
      as $$
        with recursive books as (
          (select owner_id from daftari.event order by owner_id limit 1)
          union all
          select (select e.owner_id from daftari.event e where e.owner_id > b.owner_id order by e.owner_id limit 1)
          from books b where b.owner_id is not null)
        select exists (
          select from books b cross join lateral (
            select e.xid from daftari.event e where e.owner_id = b.owner_id order by e.xid desc, e.seq desc limit 1) newest
          where newest.xid >= pg_snapshot_xmax(pg_current_snapshot())) $$;
    ${RIGHTS}
  `,
  down: `
    drop function daftari.has_loaded_events();
    drop function daftari.current_epoch();
    drop table daftari.epoch;
  `,
}
