import { FIRST, INVOICES, OWNERS, PREFIX } from './ids.ts'
import { EXPENSE, PAYMENT } from './inputs.ts'
import type { Stored, Texts } from './texts.ts'

/** Any owner, and a number that no client of any run has used. */
function begin(): string {
  return `\\set seq :seq + 1
\\set o random(1, ${OWNERS})
\\set owner ${FIRST} + :o
\\set id ${FIRST} + :client_id * 1000000000 + :seq
`
}

const OWNER = id(PREFIX.owner, 'owner')
const ENTER = `begin;
set local role daftari_app;
select set_config('app.owner_id', '${PREFIX.owner}' || :owner::text, true),
  set_config('lock_timeout', '2000', true), set_config('statement_timeout', '15000', true),
  set_config('idle_in_transaction_session_timeout', '10000', true), set_config('datestyle', 'ISO, YMD', true);
`

function id(prefix: string, variable: string): string {
  return `('${prefix}' || :${variable}::text)::uuid`
}

/** Of this run. */
function fresh(kind: string, run: number): string {
  return id(`${kind}000000-${String(run).padStart(4, '0')}-7000-8000-`, 'id')
}

/** A text as long; pgbench would take a colon for a variable. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll(':', ';')}'`
}

function remember(run: number, { answer }: Stored): string {
  return `insert into daftari.idempotency (owner_id, key, fingerprint, result, expires_at)
  values (${OWNER}, 'pgbench-${run}-' || :id::text, '${'f'.repeat(64)}', ${literal(answer)},
    now() + interval '72 hours');
`
}

interface Happened {
  readonly type: string
  readonly aggregateType: string
  readonly aggregate: string
  readonly version: string
  readonly text: string
}

/** The event and its deliveries. */
function happen(run: number, { type, aggregateType, aggregate, version, text }: Happened): string {
  return `insert into daftari.event (owner_id, id, type, aggregate_type, aggregate_id, aggregate_version, at, actor_id,
    body) values (${OWNER}, ${fresh('ee', run)}, '${type}', '${aggregateType}', ${aggregate}, ${version}, now(),
    'bench', ${literal(text)});
insert into daftari.delivery (owner_id, subscription_id, event_id, aggregate_id, aggregate_version)
  select ${OWNER}, s.id, ${fresh('ee', run)}, ${aggregate}, ${version} from daftari.subscription s
  where s.owner_id = ${OWNER} and s.is_enabled
    and (s.event_types @> array['${type}'] or s.event_types = '{*}');
`
}

export function createExpenseScript(run: number, { expense }: Texts): string {
  const { amountMinor, currency, date, description, words } = EXPENSE
  const aggregate = fresh('e0', run)
  return `${begin()}${ENTER}${remember(run, expense)}insert into daftari.expense (owner_id, id, category_id,
    amount_minor, currency, expense_date, description, words, version, created_at, created_by, updated_at)
  values (${OWNER}, ${aggregate}, ${id(PREFIX.category, 'owner')}, ${amountMinor}, '${currency}', '${date}',
    '${description}', '${words}', 1, now(), 'bench', now());
${happen(run, { type: 'expense.created', aggregateType: 'expense', aggregate, version: '1', text: expense.event })}commit;
`
}

/** Reads the invoice and its payments, which the answer shows; holds its version against the one that was read. */
export function recordPaymentScript(run: number, { payment }: Texts): string {
  const { amountMinor, currency, paidOn, method, reference } = PAYMENT
  const aggregate = id(PREFIX.invoice, 'invoice')
  const type = 'invoice.payment_recorded'
  const version = ':found_version::integer + 1'
  return `${begin()}\\set i random(1, ${INVOICES})
\\set invoice ${FIRST} + :o * 10000 + :client_id * 100 + :i
${ENTER}select * from daftari.invoice where owner_id = ${OWNER} and id = ${aggregate} \\gset found_
select * from daftari.payment where owner_id = ${OWNER} and invoice_id = ${aggregate} order by created_at, id;
${remember(run, payment)}update daftari.invoice set status = 'partly_paid', paid_minor = :found_paid_minor::bigint + ${amountMinor},
    version = ${version}, updated_at = now()
  where owner_id = ${OWNER} and id = ${aggregate} and version = :found_version::integer;
insert into daftari.payment (owner_id, id, invoice_id, amount_minor, currency, paid_on, method, reference,
    created_at, created_by, updated_at)
  values (${OWNER}, ${fresh('ea', run)}, ${aggregate}, ${amountMinor}, '${currency}', '${paidOn}', '${method}',
    '${reference}', now(), 'bench', now());
${happen(run, { type, aggregateType: 'invoice', aggregate, version, text: payment.event })}commit;
`
}
