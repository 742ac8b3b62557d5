import type { Migration } from '../migrate/migration.ts'

const OWNED = [
  'settings',
  'category',
  'expense',
  'attachment',
  'invoice',
  'payment',
  'event',
  'idempotency',
  'api_key',
  'subscription',
  'delivery',
]

/** In the table `owner`, the id of the row is the owner. */
const POLICIES = [['owner', 'id'], ...OWNED.map((table) => [table, 'owner_id'])] as const

/** Roles belong to the whole server. The role may already exist for another database, or be missing after a restore. */
const ROLE = `
    do $$ begin
      if not exists (select from pg_roles where rolname = 'daftari_app') then
        create role daftari_app nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$;`

/** The tables are named one by one, because this text is also run when later migrations have added tables. */
const TABLE_RIGHTS = `
    grant usage on schema daftari to daftari_app;
    grant select, insert, update, delete on ${['owner', ...OWNED, 'expense_report']
      .map((table) => `daftari.${table}`)
      .join(', ')} to daftari_app;
    revoke update, delete on daftari.event from daftari_app;
    grant select on daftari.migration to daftari_app;`

const FUNCTION_RIGHTS = `
    revoke all on function daftari.find_api_key(text), daftari.list_owners(uuid, integer),
      daftari.forget_answers(integer) from public;
    grant execute on function daftari.find_api_key(text), daftari.list_owners(uuid, integer),
      daftari.forget_answers(integer) to daftari_app;`

/** Enables row level security on every table, also for the owner of the table, and creates a role that cannot bypass it. */
export const wallsMigration: Migration = {
  name: '0002-walls',
  rights: `${ROLE}${TABLE_RIGHTS}${FUNCTION_RIGHTS}`,
  up: `${ROLE}${TABLE_RIGHTS}
    ${POLICIES.map(
      ([table, column]) => `
    alter table daftari.${table} enable row level security, force row level security;
    create policy own_rows on daftari.${table}
      using (${column} = (select daftari.current_owner()))
      with check (${column} = (select daftari.current_owner()));`,
    ).join('')}

    -- The only two looks across owners. They run as the owner of the schema, who sees these two tables whole.
    create policy access_lookup on daftari.api_key for select to current_user using (true);
    create policy access_lookup on daftari.owner for select to current_user using (true);

    create function daftari.find_api_key(wanted text) returns setof daftari.api_key
      language sql stable security definer set search_path = pg_catalog, pg_temp
      as $$ select * from daftari.api_key where hash = wanted $$;

    create function daftari.list_owners(after_id uuid, most integer) returns setof daftari.owner
      language sql stable security definer set search_path = pg_catalog, pg_temp
      as $$ select * from daftari.owner where name is not null and (after_id is null or id > after_id)
        order by id limit most $$;

    -- Answers whose time is over, of all owners. Whoever calls it can end nothing that still holds.
    create policy forgetting on daftari.idempotency to current_user using (true);

    create function daftari.forget_answers(most integer) returns bigint
      language sql volatile security definer set search_path = pg_catalog, pg_temp
      as $$
        with over as (
          select owner_id, key from daftari.idempotency where expires_at < now() order by expires_at limit most
          for update skip locked),
        gone as (delete from daftari.idempotency i using over
          where i.owner_id = over.owner_id and i.key = over.key returning 1)
        select count(*) from gone $$;
${FUNCTION_RIGHTS}
  `,
  down: `
    drop function daftari.find_api_key(text);
    drop function daftari.list_owners(uuid, integer);
    drop function daftari.forget_answers(integer);
    drop policy forgetting on daftari.idempotency;
    drop policy access_lookup on daftari.api_key;
    drop policy access_lookup on daftari.owner;
    ${POLICIES.map(
      ([table]) => `
    drop policy own_rows on daftari.${table};
    alter table daftari.${table} no force row level security, disable row level security;`,
    ).join('')}
    revoke all on all tables in schema daftari from daftari_app;
    revoke usage on schema daftari from daftari_app;
  `,
}
