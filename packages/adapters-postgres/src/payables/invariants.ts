import { type ContextInvariants, isOwnedBy } from '../kernel/invariants/context-invariants.ts'

/** The paid amount of an invoice equals the sum of its payments that are not reversed. */
const PAYMENTS_MATCH = `
  select owner_id, 'invoice ' || id as subject,
    format('has %s paid in minor units, its payments add up to %s', paid_minor, standing) as detail
  from daftari.invoice i, lateral (
    select coalesce(sum(amount_minor), 0) as standing from daftari.payment p
    where p.owner_id = i.owner_id and p.invoice_id = i.id and p.reversed_at is null) as paid
  where ${isOwnedBy('owner_id')} and paid_minor <> standing`

export const payablesInvariants: ContextInvariants = {
  records: [`select owner_id, 'invoice' as aggregate_type, id as aggregate_id, version from daftari.invoice`],
  namedFiles: [
    `select owner_id, 'invoice ' || id as subject, unnest(attachment_ids) as file from daftari.invoice`,
  ],
  wantedWords: [
    `select owner_id, 'invoice' as kind, id, null::date as day, 'all' as field, left(word, 64) as word
      from daftari.invoice, string_to_table(substr(words, 2), ' ') as word`,
    `select owner_id, 'invoice' as kind, id, null::date as day, 'supplier' as field, left(word, 64) as word
      from daftari.invoice, string_to_table(substr(supplier_words, 2), ' ') as word`,
  ],
  enteredWords: [
    `select owner_id, 'invoice' as kind, invoice_id as id, null::date as day, field, word from daftari.invoice_word`,
  ],
  violations: { I3: [PAYMENTS_MATCH] },
}
