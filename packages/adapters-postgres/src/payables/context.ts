import { postgresInvoiceQueries } from '../invoice/postgres-invoice-queries.ts'
import { postgresInvoiceRepository } from '../invoice/postgres-invoice-repository.ts'
import type { PostgresContext } from '../unit-of-work/context.ts'

export const payables: PostgresContext<'invoices', 'invoices'> = {
  repositories: {
    invoices: postgresInvoiceRepository,
  },
  queries: ({ views }) => ({
    invoices: postgresInvoiceQueries(views),
  }),
}
