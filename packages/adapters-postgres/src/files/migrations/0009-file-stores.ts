import type { Migration } from '../../kernel/migrate/migration.ts'

/** Rows name the store that has their bytes, and stores are looked after across owners. */
export const fileStoresMigration: Migration = {
  name: '0009-file-stores',
  up: `
    -- No file was stored before: rows that are there were entered by tests, and name no store.
    alter table daftari.attachment
      add column store_id uuid not null default '00000000-0000-0000-0000-000000000000';
    alter table daftari.attachment alter column store_id drop default;

    create index attachment_expiry_idx on daftari.attachment (expires_at) where expires_at is not null;

    -- The upkeep of stores runs as the owner of the schema and sees which files there are. It changes nothing this way.
    create policy upkeep on daftari.attachment for select to current_user using (true);
  `,
  down: `
    drop policy upkeep on daftari.attachment;
    drop index daftari.attachment_expiry_idx;
    alter table daftari.attachment drop column store_id;
  `,
}
