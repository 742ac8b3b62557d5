import type { Migration } from '../migrate/migration.ts'

/**
 * Creates the tables. The primary key and every foreign key of a record begin with the owner. Row level security shows
 * and accepts only rows of the owner in `app.owner_id`. The role of the application neither owns the tables nor
 * bypasses this.
 */
export const booksMigration: Migration = {
  name: '0001-books',
  up: `
    create function daftari.current_owner() returns uuid language sql stable parallel safe
      as $$ select nullif(current_setting('app.owner_id', true), '')::uuid $$;

    create function daftari.require_rows(met bigint, wanted bigint, kind text, id text) returns void
      language plpgsql as $$
      begin
        if met <> wanted then
          raise exception using errcode = 'DF409', message = 'stale version', constraint = kind, detail = id;
        end if;
      end $$;

    create table daftari.owner (
      id uuid constraint owner_pk primary key,
      name text,
      time_zone text not null default 'Africa/Dar_es_Salaam',
      created_at timestamptz not null default now(),
      created_by text not null default 'books'
    );
    comment on column daftari.owner.name is 'absent where the books were opened by their first write';

    create table daftari.settings (
      owner_id uuid constraint settings_pk primary key
        constraint settings_owner_fk references daftari.owner (id),
      version integer not null default 0,
      time_zone text not null,
      base_currency char(3) not null default 'TZS',
      min_minor bigint not null default 1,
      max_minor bigint not null default 100000000,
      critical_days integer not null default 7,
      high_days integer not null default 14,
      medium_days integer not null default 30,
      max_categories integer not null default 100,
      created_at timestamptz,
      created_by text,
      updated_at timestamptz,
      constraint settings_currency_unique unique (owner_id, base_currency),
      constraint settings_policy_check check (min_minor > 0 and min_minor <= max_minor),
      constraint settings_urgency_check check (critical_days < high_days and high_days < medium_days)
    );

    create table daftari.category (
      owner_id uuid not null constraint category_owner_fk references daftari.owner (id),
      id uuid not null,
      version integer not null,
      name text not null,
      name_key text collate "C" not null,
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint category_pk primary key (owner_id, id),
      constraint category_name_unique unique (owner_id, name_key)
    );

    create table daftari.expense (
      owner_id uuid not null,
      id uuid not null,
      version integer not null,
      category_id uuid not null,
      amount_minor bigint not null constraint expense_amount_check check (amount_minor > 0),
      currency char(3) not null,
      expense_date date not null,
      description text,
      words text collate "C" not null,
      attachment_ids uuid[] not null default '{}',
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint expense_pk primary key (owner_id, id),
      constraint expense_category_fk foreign key (owner_id, category_id)
        references daftari.category (owner_id, id),
      constraint expense_currency_fk foreign key (owner_id, currency)
        references daftari.settings (owner_id, base_currency)
    );
    create index expense_date_idx on daftari.expense (owner_id, expense_date, id);
    create index expense_amount_idx on daftari.expense (owner_id, amount_minor, id);
    create index expense_category_idx on daftari.expense (owner_id, category_id, expense_date)
      include (amount_minor);

    create table daftari.attachment (
      owner_id uuid not null constraint attachment_owner_fk references daftari.owner (id),
      id uuid not null,
      file_name text not null,
      content_type text not null,
      size_bytes bigint not null,
      sha256 text not null,
      state text not null constraint attachment_state_check check (state in ('staged', 'linked')),
      expires_at timestamptz,
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint attachment_pk primary key (owner_id, id),
      constraint attachment_expiry_check check ((state = 'linked') = (expires_at is null))
    );

    create table daftari.invoice (
      owner_id uuid not null constraint invoice_owner_fk references daftari.owner (id),
      id uuid not null,
      version integer not null,
      status text not null
        constraint invoice_status_check check (status in ('pending', 'partly_paid', 'paid', 'void')),
      supplier_name text not null,
      supplier_tax_id text,
      supplier_iban text,
      supplier_key text collate "C" not null,
      supplier_words text collate "C" not null,
      number text not null,
      number_key text collate "C" not null,
      issue_date date,
      due_date date not null,
      currency char(3) not null,
      total_minor bigint not null,
      total_hundredths bigint not null,
      subtotal_minor bigint,
      tax_minor bigint,
      paid_minor bigint not null,
      notes text,
      words text collate "C" not null,
      attachment_ids uuid[] not null default '{}',
      duplicate_reason text,
      void_reason text,
      urgency_level text
        constraint invoice_urgency_check
        check (urgency_level in ('overdue', 'critical', 'high', 'medium', 'low')),
      urgency_reason text,
      urgency_set_by text,
      urgency_set_at timestamptz,
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint invoice_pk primary key (owner_id, id),
      constraint invoice_paid_check check (
        total_minor > 0 and paid_minor between 0 and total_minor
        and (status = 'paid') = (paid_minor = total_minor)
        and (status = 'void') = (void_reason is not null)
      )
    );
    create unique index invoice_twin_unique on daftari.invoice (owner_id, supplier_key, number_key)
      where status <> 'void' and duplicate_reason is null;
    create index invoice_number_idx on daftari.invoice (owner_id, number_key);
    create index invoice_due_idx on daftari.invoice (owner_id, due_date, id);
    create index invoice_open_idx on daftari.invoice (owner_id, due_date, id)
      where status in ('pending', 'partly_paid');
    create index invoice_total_idx on daftari.invoice (owner_id, total_hundredths, id);
    create index invoice_created_idx on daftari.invoice (owner_id, created_at, id);

    create table daftari.payment (
      owner_id uuid not null,
      id uuid not null,
      invoice_id uuid not null,
      amount_minor bigint not null constraint payment_amount_check check (amount_minor > 0),
      currency char(3) not null,
      paid_on date not null,
      method text not null
        constraint payment_method_check
        check (method in ('cash', 'bank', 'mobile_money', 'card', 'cheque')),
      reference text,
      reversal_reason text,
      reversed_at timestamptz,
      reversed_by text,
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint payment_pk primary key (owner_id, id),
      constraint payment_invoice_fk foreign key (owner_id, invoice_id)
        references daftari.invoice (owner_id, id)
    );
    create index payment_invoice_idx on daftari.payment (owner_id, invoice_id);

    create table daftari.event (
      owner_id uuid not null,
      id uuid not null,
      type text not null,
      aggregate_type text not null,
      aggregate_id uuid not null,
      aggregate_version integer not null,
      at timestamptz not null,
      actor_id text not null,
      body text not null,
      xid xid8 not null default pg_current_xact_id(),
      seq bigint not null generated always as identity,
      constraint event_pk primary key (owner_id, id),
      constraint event_version_unique unique (owner_id, aggregate_id, aggregate_version)
    );
    create index event_feed_idx on daftari.event (owner_id, xid, seq);

    create table daftari.idempotency (
      owner_id uuid not null,
      key text collate "C" not null,
      fingerprint text not null,
      result text not null,
      expires_at timestamptz not null,
      constraint idempotency_pk primary key (owner_id, key)
    );
    create index idempotency_expiry_idx on daftari.idempotency (expires_at);

    create table daftari.api_key (
      owner_id uuid not null constraint api_key_owner_fk references daftari.owner (id),
      id uuid not null,
      version integer not null,
      name text not null,
      scopes text[] not null,
      hash text not null constraint api_key_hash_unique unique,
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz,
      created_at timestamptz not null,
      created_by text not null,
      updated_at timestamptz not null,
      constraint api_key_pk primary key (owner_id, id)
    );

    create table daftari.subscription (
      owner_id uuid not null constraint subscription_owner_fk references daftari.owner (id),
      id uuid not null,
      kind text not null constraint subscription_kind_check check (kind in ('webhook', 'handler')),
      name text not null,
      event_types text[] not null,
      is_enabled boolean not null default true,
      created_at timestamptz not null default now(),
      constraint subscription_pk primary key (owner_id, id)
    );

    create table daftari.delivery (
      owner_id uuid not null,
      subscription_id uuid not null,
      event_id uuid not null,
      aggregate_id uuid not null,
      aggregate_version integer not null,
      status text not null default 'pending'
        constraint delivery_status_check
        check (status in ('pending', 'delivered', 'dead', 'parked', 'cancelled')),
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now(),
      created_at timestamptz not null default now(),
      constraint delivery_pk primary key (owner_id, subscription_id, event_id),
      constraint delivery_subscription_fk foreign key (owner_id, subscription_id)
        references daftari.subscription (owner_id, id),
      constraint delivery_event_fk foreign key (owner_id, event_id) references daftari.event (owner_id, id)
    );
    create index delivery_due_idx on daftari.delivery (next_attempt_at) where status = 'pending';

    create view daftari.expense_report with (security_invoker = true) as
      select owner_id, id, category_id, expense_date, currency, description, created_at, created_by,
        case when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND',
          'XAF', 'XOF')
          then amount_minor::numeric else (amount_minor::numeric / 100)::numeric(20, 2) end as amount
      from daftari.expense;
  `,
  down: `
    drop view daftari.expense_report;
    drop table daftari.delivery, daftari.subscription, daftari.api_key, daftari.idempotency, daftari.event, daftari.payment,
      daftari.invoice, daftari.attachment, daftari.expense, daftari.category, daftari.settings, daftari.owner;
    drop function daftari.require_rows(bigint, bigint, text, text);
    drop function daftari.current_owner();
  `,
}
