import {
  type InboxMessage,
  type InboxStore,
  type InboxVerdict,
  RETENTION_MS,
  type RetentionOptions,
} from './inbox-store.ts'

/** A client in a transaction, as `pg` has it. */
export interface QueryClient {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** The tables of an inbox, for the receiver's own migrations. */
export const inboxTables: string = `
create table if not exists inbox_message (
  source text not null,
  id text not null,
  received_at timestamptz not null,
  primary key (source, id)
);
create index if not exists inbox_message_received_at on inbox_message (received_at);
create table if not exists inbox_record (
  source text not null,
  id text not null,
  version bigint not null,
  primary key (source, id)
);
`

// Whoever inserts a key that an open transaction holds waits for its end, and then meets the conflict. The condition of
// the second conflict is put to the row as it is after that wait, so that the version never falls.
const REMEMBER = `
with remembered as (
  insert into inbox_message (source, id, received_at) values ($1, $2, $3)
  on conflict do nothing returning 1
), risen as (
  insert into inbox_record as known (source, id, version)
  select $1, $4::text, $5::bigint from remembered where $4::text is not null
  on conflict (source, id) do update set version = excluded.version where known.version < excluded.version
  returning 1
)
select case
  when not exists (select from remembered) then 'duplicate'
  when $4::text is not null and not exists (select from risen) then 'stale'
  else 'new'
end as verdict`

// A hundred at most, for whoever receives waits for it. What another transaction is removing is left to it.
const FORGET = `
delete from inbox_message where (source, id) in (
  select source, id from inbox_message where received_at < $1 order by received_at limit 100
  for update skip locked
)`

/** An inbox in the receiver's own PostgreSQL, in the transaction that the client has begun. */
export function postgresInbox(
  client: QueryClient,
  { retentionMs = RETENTION_MS, now = Date.now }: RetentionOptions = {},
): InboxStore {
  return {
    async remember({ id, source, record }: InboxMessage): Promise<InboxVerdict> {
      const values = [source, id, new Date(now()), record?.id ?? null, record?.version ?? null]
      const { rows } = await client.query(REMEMBER, values)
      const [row] = rows as readonly { readonly verdict: InboxVerdict }[]
      if (row === undefined) throw new Error('the database gave no verdict')
      return row.verdict
    },
    async forgetOld(): Promise<void> {
      await client.query(FORGET, [new Date(now() - retentionMs)])
    },
  }
}
