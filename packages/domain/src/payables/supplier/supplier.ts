import { foldName } from '../../kernel/text/fold-name.ts'
import { unicodePattern } from '../../kernel/text/unicode-pattern.ts'

const neitherLetterNorDigit = unicodePattern(String.raw`[^\p{L}\p{N}]`, 'gu')

/** The party that sent the invoice. */
export interface Supplier {
  readonly name: string
  readonly taxId: string | null
  readonly iban: string | null
}

/** Whether both are the same supplier: by tax id when both have one, otherwise by folded name. */
export function isSameSupplier(one: Supplier, other: Supplier): boolean {
  const [taxId, otherTaxId] = [taxKey(one), taxKey(other)]
  if (taxId !== null && otherTaxId !== null) return taxId === otherTaxId
  return foldName(one.name) === foldName(other.name)
}

/** A single key that identifies the supplier. */
export function supplierKey(supplier: Supplier): string {
  const taxId = taxKey(supplier)
  return taxId === null ? `name:${foldName(supplier.name)}` : `tax:${taxId}`
}

/** The letters and digits of the tax id, or `null` when there are none, for example when it is only a dash. */
function taxKey({ taxId }: Supplier): string | null {
  const key = taxId?.normalize('NFKC').toUpperCase().replace(neitherLetterNorDigit(), '') ?? ''
  return key === '' ? null : key
}

// Valid check digits are 02 to 98. The pairs 00, 01 and 99 have the same remainder as another pair and are never
// issued.
const IBAN = /^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/

/** The IBAN without spaces in upper case, or `null` when its form or its check digits are wrong. */
export function parseIban(text: string): string | null {
  const iban = text.replace(/ /g, '').toUpperCase()
  return IBAN.test(iban) && checkRemainder(iban) === 1 ? iban : null
}

/** The remainder by ISO 7064 (mod 97). The country code and the check digits are moved to the end, and each letter counts as its number (A is 10). */
function checkRemainder(iban: string): number {
  let remainder = 0
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}
