import type { MemoryContext } from '../kernel/context.ts'
import { memoryInvoiceQueries } from './memory-invoice-queries.ts'
import { memoryInvoiceRepository } from './memory-invoice-repository.ts'

export const payables: MemoryContext<'invoices', 'invoices'> = {
  repositories: { invoices: ({ session }) => memoryInvoiceRepository(session) },
  queries: (store) => ({ invoices: memoryInvoiceQueries(store) }),
}
