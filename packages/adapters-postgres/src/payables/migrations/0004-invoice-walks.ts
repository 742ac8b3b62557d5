import type { Migration } from '../../kernel/migrate/migration.ts'

/** Adds indexes by due date for lists by urgency: of open invoices, of settled ones, and of those with a level set by hand. */
export const invoiceWalksMigration: Migration = {
  name: '0004-invoice-walks',
  up: `
    create index invoice_settled_idx on daftari.invoice (owner_id, due_date, id) where status in ('paid', 'void');
    create index invoice_set_by_hand_idx on daftari.invoice (owner_id)
      where urgency_level is not null and status in ('pending', 'partly_paid');
  `,
  down: `
    drop index daftari.invoice_settled_idx, daftari.invoice_set_by_hand_idx;
  `,
}
