import { WORKERS } from '../contest/contender.ts'
import { FIRST, INVOICES, OWNERS, PREFIX } from './ids.ts'
import { EXPENSE } from './inputs.ts'

/** To the millisecond, as we tell time: a first change of ours must not change more than another's. */
const NOW = `date_trunc('milliseconds', now())`
const RECORDED = `1, ${NOW}, 'bench', ${NOW}`
const EACH_OWNER = `generate_series(${FIRST + 1}, ${FIRST + OWNERS}) as n`

/** One owner after another: settings, a category, and two subscriptions of which one wants what the bench does. */
export const BOOKS: readonly string[] = [
  `insert into daftari.owner (id, name) select ('${PREFIX.owner}' || n)::uuid, 'Owner ' || n from ${EACH_OWNER}`,
  'insert into daftari.settings (owner_id, time_zone) select id, time_zone from daftari.owner',
  `insert into daftari.category (owner_id, id, name, name_key, version, created_at, created_by, updated_at)
    select ('${PREFIX.owner}' || n)::uuid, ('${PREFIX.category}' || n)::uuid, 'Usafiri', 'usafiri', ${RECORDED}
    from ${EACH_OWNER}`,
  `insert into daftari.subscription
      (owner_id, id, kind, name, event_types, hears_since, version, created_by, updated_at)
    select o.id, gen_random_uuid(), 'webhook', s.name, s.event_types::text[], ${NOW}, 0, 'bench', ${NOW}
    from daftari.owner o, (values ('wanted', '{expense.created,expense.updated,invoice.payment_recorded}'),
      ('other', '{invoice.voided}')) as s (name, event_types)`,
  `insert into daftari.invoice (owner_id, id, status, supplier_name, supplier_key, supplier_words, number, number_key,
      due_date, currency, total_minor, total_hundredths, paid_minor, words,
      version, created_at, created_by, updated_at)
    select ('${PREFIX.owner}' || ${FIRST} + o)::uuid,
      ('${PREFIX.invoice}' || ${FIRST} + o * 10000 + w * 100 + i)::uuid, 'pending', 'Juma Traders',
      'name:juma traders', ' juma traders', n, n, '2024-12-31', 'TZS', 1000000000, 1000000000, 0, ' juma traders ' || lower(replace(n, '-', ' ')),
      ${RECORDED}
    from generate_series(1, ${OWNERS}) o, generate_series(0, ${WORKERS}) w, generate_series(1, ${INVOICES}) i,
      lateral (select 'INV-' || w || '-' || i as n)`,
  `insert into daftari.payment (owner_id, id, invoice_id, amount_minor, currency, paid_on, method,
      created_at, created_by, updated_at)
    select owner_id, uuidv7(), id, 100, 'TZS', '2024-07-15', 'cash', ${NOW}, 'bench', ${NOW}
    from daftari.invoice, generate_series(1, 3) where ${isSpare('id')}`,
]

/** The invoices that no worker pays. Their payments keep the table from ever being as good as empty to the planner. */
function isSpare(invoice: string): string {
  return `(right(${invoice}::text, 12)::bigint - ${FIRST}) / 100 % 100 = ${WORKERS}`
}

/** So many categories, each with so many expenses, of one owner after another. $1 and $2 are prefixes of their ids. */
export const CATEGORIES_TO_MERGE: readonly string[] = [
  `insert into daftari.category (owner_id, id, name, name_key, version, created_at, created_by, updated_at)
    select ('${PREFIX.owner}' || n)::uuid, ($1 || n)::uuid, $1, $1, ${RECORDED}
    from generate_series(${FIRST + 1}, ${FIRST} + $2::bigint) as n`,
  `insert into daftari.expense (owner_id, id, category_id, amount_minor, currency, expense_date, description, words,
      version, created_at, created_by, updated_at)
    select ('${PREFIX.owner}' || n)::uuid, uuidv7(), ($1 || n)::uuid, 1250000, 'TZS', '2024-06-30',
      '${EXPENSE.description}', '${EXPENSE.words}', ${RECORDED}
    from generate_series(${FIRST + 1}, ${FIRST} + $2::bigint) as n, generate_series(1, $3::integer)`,
]

/** Takes all payments back, so that nobody writes longer events than another. Versions go on: events tell them. */
export const UNPAID: readonly string[] = [
  `delete from daftari.payment where not ${isSpare('invoice_id')}`,
  `update daftari.invoice set status = 'pending', paid_minor = 0 where paid_minor > 0`,
  'vacuum daftari.payment, daftari.invoice',
]

/** What autovacuum would have done by then: plans that were made for empty tables are made anew. */
export const SETTLE = 'vacuum analyze'
