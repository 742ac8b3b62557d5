/** Roles are the whole server's: another database may have brought this one, or a restored dump may lack it. */
export const CREATE_ROLE = `
    do $$ begin
      if not exists (select from pg_roles where rolname = 'daftari_app') then
        create role daftari_app nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$;`

export const GRANT_TABLES = `
    grant usage on schema daftari to daftari_app;
    grant select, insert, update, delete on all tables in schema daftari to daftari_app;
    revoke update, delete on daftari.event from daftari_app;
    revoke update, delete, insert on daftari.migration from daftari_app;`

export const GRANT_FUNCTIONS = `
    grant execute on function daftari.find_api_key(text), daftari.list_owners(uuid, integer),
      daftari.forget_answers(integer) to daftari_app;`
