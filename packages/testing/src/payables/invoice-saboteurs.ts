import type { InvoiceFilter } from '@daftari/application'
import { DomainError, type Invoice, invoiceNumberKey, isDomainError, supplierKey } from '@daftari/domain'
import { freshId } from '../kernel/fresh.ts'
import { accepting, called, refusing, watching } from '../kernel/sabotage/constraints.ts'
import type { Ledger } from '../kernel/sabotage/ledger.ts'
import type { Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'
import { blindTo, lastWins } from '../kernel/sabotage/versions.ts'
import { everyInvoice, someDay } from './invoice-filters-contract.ts'

function isTwin(one: Invoice, other: Invoice): boolean {
  return (
    one.id !== other.id &&
    supplierKey(one.supplier) === supplierKey(other.supplier) &&
    invoiceNumberKey(one.number) === invoiceNumberKey(other.number)
  )
}

function isVoided(ledger: Ledger, ownerId: string, { id }: Invoice): boolean {
  return ledger
    .given<Invoice>('invoices.update', ownerId)
    .some((invoice) => invoice.id === id && invoice.status === 'void')
}

export const invoiceSaboteurs: Saboteurs = {
  'finds an invoice as it was stored, in any currency': onRepository('invoices', (invoices) => ({
    async find(id) {
      const found = await invoices.find(id)
      return found === null ? null : { ...found, urgencyOverride: null }
    },
  })),

  'gives null for an invoice that does not exist': onRepository('invoices', (invoices) => ({
    find: async (id) => (await invoices.find(id)) ?? (undefined as never),
  })),

  'finds an invoice that the same transaction staged': onRepository(
    'invoices',
    (invoices, _, { ownerId }, { queries }) => ({
      async find(id) {
        await invoices.find(id)
        return queries.invoices.find(ownerId, id)
      },
    }),
  ),

  'finds an invoice with its payments, oldest first': onRepository('invoices', (invoices) => ({
    async find(id) {
      const found = await invoices.find(id)
      return found === null ? null : { ...found, payments: found.payments.toReversed() }
    },
  })),

  'stores a payment that an update adds': onRepository('invoices', (invoices) => ({
    update(invoice, version) {
      const payments = invoice.payments.map((payment) => ({ ...payment, reference: null }))
      invoices.update({ ...invoice, payments }, version)
    },
  })),

  'stores a payment that an update reverses': onRepository('invoices', (invoices) => ({
    update(invoice, version) {
      const payments = invoice.payments.map((payment) => ({ ...payment, reversal: null }))
      invoices.update({ ...invoice, payments }, version)
    },
  })),

  'stores the changed fields of an update': onRepository('invoices', (invoices) => ({
    update: (invoice, version) => invoices.update({ ...invoice, notes: null }, version),
  })),

  'stores an urgency set by hand, and its removal': (ports) => {
    const overrides = new Map<string, Invoice['urgencyOverride']>()
    return onRepository('invoices', (invoices) => ({
      update(invoice, version) {
        const urgencyOverride = invoice.urgencyOverride ?? overrides.get(invoice.id) ?? null
        overrides.set(invoice.id, urgencyOverride)
        invoices.update({ ...invoice, urgencyOverride }, version)
      },
    }))(ports)
  },

  'stores the reason of a void invoice': onRepository('invoices', (invoices) => ({
    update: (invoice, version) =>
      invoices.update(invoice.status === 'void' ? { ...invoice, voidReason: '' } : invoice, version),
  })),

  'lists the invoices with a number, of all suppliers, except void ones': onRepository(
    'invoices',
    (invoices, _, { ownerId }, { queries }) => ({
      async listByNumber(numberKey) {
        const gone: InvoiceFilter = { ...everyInvoice, numberKey, statuses: ['void'] }
        return [
          ...(await invoices.listByNumber(numberKey)),
          ...(await queries.invoices.list(ownerId, gone, 'dueDate', ALL, someDay)),
        ]
      },
    }),
  ),

  'refuses a probable duplicate and names its twin': watching(() => ({
    pardon(failure) {
      if (!isDomainError(failure, 'invoice_probable_duplicate')) return false
      const details = { ...failure.details, twinId: freshId() }
      throw new DomainError('invoice_probable_duplicate', details, { cause: failure })
    },
  })),

  'refuses an update that makes an invoice a duplicate of another': accepting(
    'invoice_probable_duplicate',
    (trace) => called(trace, 'invoices.update'),
  ),

  'accepts one of two duplicates that are registered concurrently': accepting(
    'invoice_probable_duplicate',
    ({ isContended }) => isContended,
  ),

  'accepts a duplicate with a reason': refusing(
    'invoice_probable_duplicate',
    { twinId: '', number: '' },
    (trace, ledger) =>
      called<Invoice>(
        trace,
        'invoices.insert',
        (invoice) =>
          invoice.duplicateReason !== null &&
          ledger.given<Invoice>('invoices.insert', trace.ownerId).some((other) => isTwin(invoice, other)),
      ),
  ),

  'accepts a duplicate of a void invoice': refusing(
    'invoice_probable_duplicate',
    { twinId: '', number: '' },
    (trace, ledger) =>
      called<Invoice>(trace, 'invoices.insert', (invoice) =>
        ledger
          .given<Invoice>('invoices.insert', trace.ownerId)
          .some((other) => isTwin(invoice, other) && isVoided(ledger, trace.ownerId, other)),
      ),
  ),

  'refuses to update an invoice with a stale version': blindTo('invoices', 'update', 'stale'),
  'refuses to update an invoice that does not exist': blindTo('invoices', 'update', 'unknown'),
  'lets one of two transactions pay the version of an invoice that both read (F16)': lastWins(
    'invoices',
    'update',
  ),
}
