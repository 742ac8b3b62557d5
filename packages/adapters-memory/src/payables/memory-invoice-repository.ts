import type { InvoiceRepository } from '@daftari/application'
import { DomainError, type Invoice, invoiceNumberKey, supplierKey } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { insertRow, updateRow } from '../kernel/memory-writes.ts'
import type { Table } from '../kernel/table.ts'
import { invoiceTable } from './invoice-table.ts'

export function memoryInvoiceRepository(session: MemorySession): InvoiceRepository {
  return {
    async find(id) {
      return session.flush().own.of(invoiceTable).get(id)
    },
    async listByNumber(numberKey) {
      return [...session.flush().own.of(invoiceTable).values()].filter(
        ({ status, number }) => status !== 'void' && invoiceNumberKey(number) === numberKey,
      )
    },
    insert(given) {
      const invoice = frozenCopy(given)
      session.stage(({ own }) => {
        refuseTwin(own.of(invoiceTable), invoice)
        insertRow(own.of(invoiceTable), invoice)
      })
    },
    update(given, expectedVersion) {
      const invoice = frozenCopy(given)
      session.stage(({ own }) => {
        updateRow('invoice', own.of(invoiceTable), invoice, expectedVersion)
        refuseTwin(own.of(invoiceTable), invoice)
      })
    },
  }
}

function refuseTwin(invoices: Table<Invoice>, invoice: Invoice): void {
  const key = twinKey(invoice)
  if (key === null) return
  for (const other of invoices.values()) {
    if (other.id !== invoice.id && twinKey(other) === key) {
      throw new DomainError('invoice_probable_duplicate', { twinId: other.id, number: other.number })
    }
  }
}

/** The key that no two invoices may share; `null` for void invoices and those with a duplicate reason. */
function twinKey({ status, duplicateReason, supplier, number }: Invoice): string | null {
  if (status === 'void' || duplicateReason !== null) return null
  return JSON.stringify([supplierKey(supplier), invoiceNumberKey(number)])
}
