import type { Migration } from '../../kernel/migrate/migration.ts'

const RIGHTS = 'grant select, insert, update, delete on daftari.fund to daftari_app;'

export const fundsMigration: Migration = {
  name: '0999-funds',
  rights: RIGHTS,
  up: `
    create table daftari.fund (
      owner_id uuid not null constraint fund_owner_fk references daftari.owner (id),
      id uuid not null,
      version integer not null,
      name text not null,
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint fund_pk primary key (owner_id, id)
    );
    alter table daftari.fund enable row level security, force row level security;
    create policy own_rows on daftari.fund
      using (owner_id = (select daftari.current_owner()))
      with check (owner_id = (select daftari.current_owner()));
    ${RIGHTS}
  `,
  down: 'drop table daftari.fund;',
}
