import { invoiceNumberKey } from '@daftari/domain'
import { anInvoice, on } from '@daftari/testing'
import { PAGE, type Probes, reads, txInserts, txReads, txWrites } from '../support/probe.ts'

const DAY = { today: on('2026-11-21'), days: { critical: 7, high: 14, medium: 30 } }
const ANY_INVOICE = {
  statuses: [],
  levels: [],
  isOverdue: null,
  numberKey: null,
  supplierWords: [],
  dueFrom: null,
  dueTo: null,
  words: [],
}

const KILIMO = { ...ANY_INVOICE, words: ['kilimo'] }
const FROM_KILIMO = { ...ANY_INVOICE, supplierWords: ['kilimo'] }

export const payablesProbes: Probes = {
  'queries.invoices.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.invoices.find(ownerId, theirs.invoice.id),
    null,
  ),
  'queries.invoices.list': reads(
    ({ ports, ownerId }) => ports.queries.invoices.list(ownerId, ANY_INVOICE, 'urgency', PAGE, DAY),
    [],
  ),
  'queries.invoices.list by words': reads(
    ({ ports, ownerId }) => ports.queries.invoices.list(ownerId, KILIMO, 'urgency', PAGE, DAY),
    [],
  ),
  'queries.invoices.list by supplier': reads(
    ({ ports, ownerId }) => ports.queries.invoices.list(ownerId, FROM_KILIMO, 'urgency', PAGE, DAY),
    [],
  ),
  'queries.invoices.summarise': reads(
    ({ ports, ownerId }) => ports.queries.invoices.summarise(ownerId, DAY),
    [],
  ),
  'tx.invoices.find': txReads((tx, { invoice }) => tx.invoices.find(invoice.id), null),
  'tx.invoices.listByNumber': txReads(
    (tx, { invoice }) => tx.invoices.listByNumber(invoiceNumberKey(invoice.number)),
    [],
  ),
  'tx.invoices.insert': txInserts((tx, { invoice }) => tx.invoices.insert(anInvoice({ id: invoice.id }))),
  'tx.invoices.update': txWrites(
    (tx, { invoice }) =>
      tx.invoices.update(
        { ...invoice, payments: [], notes: 'Taken', version: invoice.version + 1 },
        invoice.version,
      ),
    'concurrent_change',
  ),
}
