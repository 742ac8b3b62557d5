import { foldName } from '../../kernel/text/fold-name.ts'
import { unicodePattern } from '../../kernel/text/unicode-pattern.ts'

const neitherLetterNorDigit = unicodePattern(String.raw`[^\p{L}\p{N}]`, 'gu')

/** Who sent the invoice. */
export interface Supplier {
  readonly name: string
  readonly taxId: string | null
  readonly iban: string | null
}

/** Two names for one party: by tax id where both give one, else by folded name. */
export function isSameSupplier(one: Supplier, other: Supplier): boolean {
  const [taxId, otherTaxId] = [taxKey(one), taxKey(other)]
  if (taxId !== null && otherTaxId !== null) return taxId === otherTaxId
  return foldName(one.name) === foldName(other.name)
}

/** What identifies the supplier where one key is needed. */
export function supplierKey(supplier: Supplier): string {
  const taxId = taxKey(supplier)
  return taxId === null ? `name:${foldName(supplier.name)}` : `tax:${taxId}`
}

/** The letters and digits of the tax id; `null` also where a mere dash stands for none. */
function taxKey({ taxId }: Supplier): string | null {
  const key = taxId?.normalize('NFKC').toUpperCase().replace(neitherLetterNorDigit(), '') ?? ''
  return key === '' ? null : key
}

// Check digits run from 02 to 98: 00, 01 and 99 leave the same remainder as another pair, and are never given out.
const IBAN = /^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/

/** An IBAN without spaces, in upper case, whose check digits are right; else `null`. */
export function parseIban(text: string): string | null {
  const iban = text.replace(/ /g, '').toUpperCase()
  return IBAN.test(iban) && checkRemainder(iban) === 1 ? iban : null
}

/** ISO 7064 mod 97 over the number that the letters and digits spell, country and check digits last. */
function checkRemainder(iban: string): number {
  let remainder = 0
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}
