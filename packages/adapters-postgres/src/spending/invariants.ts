import { type ContextInvariants, isOwnedBy } from '../kernel/invariants/context-invariants.ts'

/** The report view has the same monthly sums as the expenses. */
const REPORT_MATCHES = `
  with recorded as (
    select owner_id, to_char(expense_date, 'YYYY-MM') as month, currency, sum(amount_minor) as minor
    from daftari.expense where ${isOwnedBy('owner_id')} group by 1, 2, 3),
  reported as (
    select owner_id, to_char(expense_date, 'YYYY-MM') as month, currency,
      sum(amount * case when scale(amount) = 0 then 1 else 100 end) as minor
    from daftari.expense_report where ${isOwnedBy('owner_id')} group by 1, 2, 3)
  select owner_id, month || ' in ' || currency as subject,
    format('has expenses of %s in minor units, in the report %s', coalesce(r.minor, 0), coalesce(v.minor, 0)) as detail
  from recorded r full join reported v using (owner_id, month, currency) where r.minor is distinct from v.minor`

export const spendingInvariants: ContextInvariants = {
  records: [
    `select owner_id, 'category' as aggregate_type, id as aggregate_id, version from daftari.category`,
    `select owner_id, 'expense' as aggregate_type, id as aggregate_id, version from daftari.expense`,
  ],
  namedFiles: [
    `select owner_id, 'expense ' || id as subject, unnest(attachment_ids) as file from daftari.expense`,
  ],
  wantedWords: [
    `select owner_id, 'expense' as kind, id, expense_date as day, 'all' as field, left(word, 64) as word
      from daftari.expense, string_to_table(substr(words, 2), ' ') as word`,
  ],
  enteredWords: [
    `select owner_id, 'expense' as kind, expense_id as id, expense_date as day, 'all' as field, word
      from daftari.expense_word`,
  ],
  violations: { I3: [REPORT_MATCHES] },
}
