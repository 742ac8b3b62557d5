import { dice, idOf, list, ownerAt } from './expenses-sql.ts'
import { type BooksPlan, KINDS_OF_SUPPLIER, SUPPLIERS } from './plan.ts'

/** One invoice for ten expenses: a third still to be paid, and of those some late. */
export function invoicesSql(plan: BooksPlan, owners: number): readonly string[] {
  const roll = (at: number): string => dice(plan, at)
  const at = `date_trunc('milliseconds', timestamptz '${plan.until} 12:00:00+03' - ${roll(24)} % 500 * interval '1 day'
    - ${roll(25)} * interval '1 millisecond')`
  return [
    `create temp table planned_invoice on commit preserve rows as
      with billed as (
        select n, ${ownerAt(plan, owners)} as owner_at, ${at} as at, 'INV' || lpad(n::text, 8, '0') as number,
          ${list(SUPPLIERS)}[1 + ${roll(21)} % ${SUPPLIERS.length}] || ' ' ||
            ${list(KINDS_OF_SUPPLIER)}[1 + ${roll(22)} % ${KINDS_OF_SUPPLIER.length}] as supplier,
          100 * (1000 + ${roll(23)}) as minor, ${roll(26)} % 3 > 0 as is_paid, ${roll(27)} % 45 as days
        from generate_series(1::bigint, ${Math.max(1, Math.floor(plan.rows / 10))}) as n)
      select b.*, o.id as owner_id, ${idOf(plan, 'invoice', 'b.at')} as id, ${idOf(plan, 'payment', 'b.at')} as payment_id,
        (b.at at time zone 'Africa/Dar_es_Salaam')::date as day
      from billed b join planned_owner o on o.at = b.owner_at`,
    `insert into daftari.invoice (owner_id, id, status, supplier_name, supplier_key, supplier_words, number, number_key,
        issue_date, due_date, currency, total_minor, total_hundredths, paid_minor, words,
        version, created_at, created_by, updated_at)
      select owner_id, id, case when is_paid then 'paid' else 'pending' end, supplier, 'name:' || lower(supplier),
        ' ' || lower(supplier), number, number, day, day + days::integer, 'TZS', minor, minor,
        case when is_paid then minor else 0 end, ' ' || lower(supplier || ' ' || number),
        case when is_paid then 3 else 1 end, at, 'generator', at from planned_invoice`,
    `insert into daftari.payment (owner_id, id, invoice_id, amount_minor, currency, paid_on, method,
        created_at, created_by, updated_at)
      select owner_id, payment_id, id, minor, 'TZS', day, 'bank', at, 'generator', at
      from planned_invoice where is_paid`,
  ]
}

/** For tables whose triggers stand still. */
export const INVOICE_WORDS = `insert into daftari.invoice_word (owner_id, field, word, invoice_id)
  select i.owner_id, 'all', word, i.id from daftari.invoice i join planned_invoice p using (owner_id, id),
    string_to_table(substr(i.words, 2), ' ') as word
  union all select i.owner_id, 'supplier', word, i.id from daftari.invoice i join planned_invoice p using (owner_id, id),
    string_to_table(substr(i.supplier_words, 2), ' ') as word`
