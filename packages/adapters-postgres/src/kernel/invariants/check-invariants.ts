import { IS_OWED } from '../session/journal.ts'
import { eachBooks, type SystemOptions } from './each-books.ts'

export type Invariant = 'I1' | 'I2' | 'I3' | 'I5' | 'I8' | 'I9'

/** Something that can only be a defect, or a hand that reached into the tables. */
export interface Violation {
  readonly invariant: Invariant
  readonly ownerId: string
  /** A sentence that begins with what it is about: a kind and its id, a key, or a month. */
  readonly detail: string
}

/** More than these are not worth a look before they are mended. */
const MOST = 1000

/** Every change of a record is one event, numbered from 1 without a gap, and the record stands at the last. */
const EVENTS_MATCH = `
  with told as (
    select owner_id, aggregate_type, aggregate_id, count(*) as events, min(aggregate_version) as first,
      max(aggregate_version) as last, (array_agg(type order by aggregate_version desc))[1] as last_type
    from daftari.event group by owner_id, aggregate_type, aggregate_id),
  kept as (
    select owner_id, 'category' as aggregate_type, id as aggregate_id, version from daftari.category
    union all select owner_id, 'expense', id, version from daftari.expense
    union all select owner_id, 'invoice', id, version from daftari.invoice
    union all select owner_id, 'api_key', id, version from daftari.api_key
    union all select owner_id, 'subscription', id, version from daftari.subscription where version > 0
    union all select owner_id, 'settings', owner_id, version from daftari.settings where version > 0)
  select owner_id, aggregate_type || ' ' || aggregate_id as subject,
    format('is at version %s; its %s events go from %s to %s and end with %s', coalesce(version::text, 'none'),
      coalesce(events, 0), coalesce(first, 0), coalesce(last, 0), coalesce(last_type, 'none')) as detail
  from told full join kept using (owner_id, aggregate_type, aggregate_id)
  where events is distinct from last or first is distinct from 1
    or (version is not null and (version is distinct from last or last_type like '%.deleted'))
    or (version is null and aggregate_type not in ('attachment', 'delivery_order') and last_type not like '%.deleted')`

/** Every event has a delivery to each subscription that wanted it. */
const DELIVERIES_MATCH = `
  select e.owner_id, 'event ' || e.id as subject, format('%s has no delivery to %s', e.type, s.id) as detail
  from daftari.event e join daftari.subscription s on s.owner_id = e.owner_id and ${IS_OWED}
  where not exists (select from daftari.delivery d
    where d.owner_id = e.owner_id and d.subscription_id = s.id and d.event_id = e.id)`

/** What reports show is what was recorded, month by month; what is paid is what the payments add up to. */
const SUMS_MATCH = `
  with recorded as (
    select owner_id, to_char(expense_date, 'YYYY-MM') as month, currency, sum(amount_minor) as minor
    from daftari.expense group by 1, 2, 3),
  reported as (
    select owner_id, to_char(expense_date, 'YYYY-MM') as month, currency,
      sum(amount * case when scale(amount) = 0 then 1 else 100 end) as minor
    from daftari.expense_report group by 1, 2, 3)
  select owner_id, month || ' in ' || currency as subject,
    format('has expenses of %s in minor units, in the report %s', coalesce(r.minor, 0), coalesce(v.minor, 0)) as detail
  from recorded r full join reported v using (owner_id, month, currency) where r.minor is distinct from v.minor
  union all
  select owner_id, 'invoice ' || id, format('has %s paid in minor units, its payments add up to %s', paid_minor, standing)
  from daftari.invoice i, lateral (
    select coalesce(sum(amount_minor), 0) as standing from daftari.payment p
    where p.owner_id = i.owner_id and p.invoice_id = i.id and p.reversed_at is null) as paid
  where paid_minor <> standing`

/** Nothing of one owner names anything of another. The keys see to rows; events and files are named in texts and lists. */
const OWNERS_APART = `
  select owner_id, 'event ' || id as subject, 'says that it is of ' || (body::json ->> 'source') as detail
  from daftari.event where body::json ->> 'source' <> '/owners/' || owner_id
  union all
  select min(owner_id::text)::uuid, aggregate_type || ' ' || aggregate_id,
    'has events of ' || string_agg(distinct owner_id::text, ' and ')
  from daftari.event group by aggregate_type, aggregate_id having count(distinct owner_id) > 1
  union all
  select named.owner_id, named.subject, 'names the file ' || named.file || ', which the owner does not have'
  from (
    select owner_id, 'expense ' || id as subject, unnest(attachment_ids) as file from daftari.expense
    union all select owner_id, 'invoice ' || id, unnest(attachment_ids) from daftari.invoice) as named
  where not exists (select from daftari.attachment a where a.owner_id = named.owner_id and a.id = named.file)`

/** Answers under a key are gone an hour after their time. */
const ANSWERS_GONE = `
  select owner_id, 'key ' || key as subject, 'should have been forgotten since ' || expires_at as detail
  from daftari.idempotency where expires_at < now() - interval '1 hour'`

/** Searches find what is there and nothing else: the entries for words are those of the records' own words. */
const WORDS_MATCH = `
  with wanted as (
    select owner_id, 'expense' as kind, id, expense_date as day, 'all' as field, left(word, 64) as word
      from daftari.expense, string_to_table(substr(words, 2), ' ') as word
    union select owner_id, 'invoice', id, null::date, 'all', left(word, 64)
      from daftari.invoice, string_to_table(substr(words, 2), ' ') as word
    union select owner_id, 'invoice', id, null::date, 'supplier', left(word, 64)
      from daftari.invoice, string_to_table(substr(supplier_words, 2), ' ') as word),
  entered as (
    select owner_id, 'expense' as kind, expense_id as id, expense_date as day, 'all' as field, word
      from daftari.expense_word
    union all select owner_id, 'invoice', invoice_id, null::date, field, word from daftari.invoice_word)
  (select owner_id, kind || ' ' || id as subject, 'cannot be found by ' || string_agg(word, ', ') as detail
    from (select * from wanted except select * from entered) as missing group by owner_id, kind, id)
  union all
  (select owner_id, kind || ' ' || id, 'is found by ' || string_agg(word, ', ') || ', which it does not say'
    from (select * from entered except select * from wanted) as astray group by owner_id, kind, id)`

const CHECKS: Readonly<Record<Invariant, string>> = {
  I1: EVENTS_MATCH,
  I2: DELIVERIES_MATCH,
  I3: SUMS_MATCH,
  I5: OWNERS_APART,
  I8: ANSWERS_GONE,
  I9: WORDS_MATCH,
}

/** What must always hold and does not: none, unless something is wrong. Changes nothing. @throws unavailable */
export async function checkInvariants(options: SystemOptions): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  await eachBooks(options, 'begin isolation level repeatable read read only', async (client) => {
    for (const [invariant, text] of Object.entries(CHECKS) as [Invariant, string][]) {
      const { rows } = await client.query(`${text} limit ${MOST}`)
      for (const { owner_id: ownerId, subject, detail } of rows) {
        violations.push({ invariant, ownerId, detail: `${subject} ${detail}` })
      }
    }
  })
  return violations
}
