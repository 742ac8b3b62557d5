import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { payablesInvariants } from './invariants.ts'
import { invoiceWalksMigration } from './migrations/0004-invoice-walks.ts'
import { postgresInvoiceQueries } from './postgres-invoice-queries.ts'
import { postgresInvoiceRepository } from './postgres-invoice-repository.ts'

export const payables: PostgresContext<'invoices', 'invoices'> = {
  repositories: {
    invoices: postgresInvoiceRepository,
  },
  queries: ({ views }) => ({
    invoices: postgresInvoiceQueries(views),
  }),
  migrations: [invoiceWalksMigration],
  invariants: payablesInvariants,
}
