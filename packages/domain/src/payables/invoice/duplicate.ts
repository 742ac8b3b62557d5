import { DomainError } from '../../kernel/errors/domain-error.ts'
import { unicodePattern } from '../../kernel/text/unicode-pattern.ts'
import type { InvoiceId } from '../ids.ts'
import { isSameSupplier, type Supplier } from '../supplier/supplier.ts'
import type { Invoice } from './invoice.ts'

const unseen = unicodePattern(String.raw`[\s\p{Default_Ignorable_Code_Point}]`, 'gu')

/** The key by which invoice numbers are compared. Case, width, spaces and invisible characters do not count. */
export function invoiceNumberKey(number: string): string {
  return number.normalize('NFKC').toUpperCase().replace(unseen(), '')
}

interface Candidate {
  readonly id: InvoiceId
  readonly supplier: Supplier
  readonly number: string
  readonly duplicateReason: string | null
}

/**
 * Refuses a second invoice with the same supplier and number as a probable duplicate, unless it has a duplicate reason.
 * @throws invoice_probable_duplicate
 */
export function refuseDuplicate(candidate: Candidate, sameNumber: readonly Invoice[]): void {
  if (candidate.duplicateReason !== null) return
  const twin = sameNumber.find((other) => isTwin(candidate, other))
  if (twin === undefined) return
  throw new DomainError('invoice_probable_duplicate', { twinId: twin.id, number: twin.number })
}

function isTwin(candidate: Candidate, other: Invoice): boolean {
  return (
    other.id !== candidate.id &&
    other.status !== 'void' &&
    invoiceNumberKey(other.number) === invoiceNumberKey(candidate.number) &&
    isSameSupplier(other.supplier, candidate.supplier)
  )
}
