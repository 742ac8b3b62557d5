import { opened } from './expenses-sql.ts'
import type { BooksPlan } from './plan.ts'

const EVENT = 'owner_id, id, type, aggregate_type, aggregate_id, aggregate_version, at, actor_id, body'

function instant(at: string): string {
  return `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

function text(value: string): string {
  return `coalesce(to_json(${value}::text)::text, 'null')`
}

function money(minor: string): string {
  return `'{"amount":"' || ${minor} / 100 || '.' || lpad((${minor} % 100)::text, 2, '0') || '","currency":"TZS"}'`
}

function recorded(at: string): string {
  return `',"createdAt":"' || ${instant(at)} || '","createdBy":"generator","updatedAt":"' || ${instant(at)} || '"}'`
}

/** Events from rows `r` with owner_id, aggregate_id, event_id, at, before and after. */
function happened(type: string, version: number, rows: string): string {
  const aggregate = type.slice(0, type.indexOf('.'))
  return `insert into daftari.event (${EVENT})
    select owner_id, event_id, '${type}', '${aggregate}', aggregate_id, ${version}, at, 'generator',
      '{"specversion":"1.0","id":"' || event_id || '","source":"/owners/' || owner_id || '","type":"${type}","subject":"' ||
      aggregate_id || '","time":"' || ${instant('at')} || '","datacontenttype":"application/json","aggregatetype":"${aggregate}",' ||
      '"aggregateversion":${version},"actor":"generator","data":{"before":' || coalesce(before, 'null') || ',"after":' || after || '}}'
    from (${rows}) as r`
}

/** The same id each time, for the event at this place of a record. */
function eventId(record: string, at: string, version: number): string {
  return `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' ||
    substr(md5('event ${version} ' || ${record}), 1, 3) || '8' || substr(md5('event ${version} ' || ${record}), 4, 15))::uuid`
}

function rows(table: string, version: number, at: string, before: string, after: string): string {
  return `select owner_id, id as aggregate_id, ${eventId('id', at, version)} as event_id, ${at} as at, ${before} as before,
    ${after} as after from ${table}`
}

const EXPENSE = `'{"id":"' || id || '","version":1,"amount":' || ${money('amount_minor')} || ',"categoryId":"' || category_id ||
  '","expenseDate":"' || expense_date || '","description":' || ${text('description')} || ',"attachmentIds":[]' || ${recorded('created_at')}`

function invoice(version: number, status: string, isPaid: boolean): string {
  const payment = `'{"id":"' || payment_id || '","amount":' || ${money('minor')} || ',"paidOn":"' || day ||
    '","method":"bank","reference":null,"reversal":null' || ${recorded('at')}`
  return `'{"id":"' || id || '","version":${version},"status":"${status}","supplier":{"name":' || ${text('supplier')} ||
    ',"taxId":null,"iban":null},"number":"' || number || '","issueDate":"' || day || '","dueDate":"' || day + days::integer ||
    '","total":' || ${money('minor')} || ',"subtotal":null,"tax":null,"notes":null,"attachmentIds":[],"duplicateReason":null,' ||
    '"voidReason":null,"payments":[' || ${isPaid ? payment : "''"} || '],"urgency":null' || ${recorded('at')}`
}

/** What happened to everything that was generated. */
export function eventsSql(plan: BooksPlan, isNew: string): readonly string[] {
  const category = `'{"id":"' || id || '","version":1,"name":' || ${text('name')} || ${recorded(opened(plan))}`
  const paid = '(select * from planned_invoice where is_paid) as paid'
  const [registered, settled] = [invoice(1, 'pending', false), invoice(3, 'paid', true)]
  return [
    happened('category.created', 1, rows('new_category', 1, opened(plan), 'null::text', category)),
    happened(
      'expense.created',
      1,
      rows(`(select * from daftari.expense where ${isNew}) as made`, 1, 'created_at', 'null::text', EXPENSE),
    ),
    happened('invoice.registered', 1, rows('planned_invoice', 1, 'at', 'null::text', registered)),
    happened('invoice.payment_recorded', 2, rows(paid, 2, 'at', registered, invoice(2, 'paid', true))),
    happened('invoice.paid', 3, rows(paid, 3, 'at', invoice(2, 'paid', true), settled)),
  ]
}
