import type { Migration } from '../../kernel/migrate/migration.ts'

/**
 * Gives subscriptions versions and events like other records. Existing subscriptions start at version 0, for which
 * there is no event, like settings.
 */
export const subscriptionVersionsMigration: Migration = {
  name: '0007-subscription-versions',
  up: `
    alter table daftari.subscription
      add column version integer not null default 0,
      add column created_by text not null default 'system',
      add column updated_at timestamptz;
    update daftari.subscription set updated_at = created_at, hears_since = coalesce(hears_since, created_at);
    alter table daftari.subscription
      alter column version drop default,
      alter column created_by drop default,
      alter column updated_at set not null,
      alter column hears_since set not null;`,
  down: `
    alter table daftari.subscription alter column hears_since drop not null,
      drop column version, drop column created_by, drop column updated_at;`,
}
