import type { Invoice } from '@daftari/domain'
import { Table } from '../kernel/table.ts'

export interface PayablesBooks {
  readonly invoices: Table<Invoice>
}

export function payablesBooks(): PayablesBooks {
  return { invoices: new Table() }
}
