import type { Invoice } from '@daftari/domain'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { anInvoice } from './payables-builders.ts'

/** Enters each invoice in a transaction of its own, in the order given. */
export async function storedInvoices(desk: OwnerBooks, list: readonly Invoice[]): Promise<void> {
  for (const invoice of list) await storedInvoice(desk, invoice)
}

/** Enters the first state and then changes it to each of the next ones; gives the last. */
export async function storedInvoice(
  desk: OwnerBooks,
  first: Invoice = anInvoice(),
  ...next: readonly Invoice[]
): Promise<Invoice> {
  await change(desk, (tx) => tx.invoices.insert(first))
  for (const state of next) await change(desk, (tx) => tx.invoices.update(state, state.version - 1))
  return next.at(-1) ?? first
}
