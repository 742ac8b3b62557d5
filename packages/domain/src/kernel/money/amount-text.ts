import { type Currency, decimalsOf } from './currency.ts'
import { type Money, of } from './money.ts'

const MAX_WHOLE_DIGITS = 15
const ZERO = 48

/**
 * Reads an amount such as `12500`, `12500.5` or `12500.00`: digits without sign, grouping, exponent or white
 * space. There are at most 15 digits before the point, and after it at most as many as the currency has
 * decimals. Gives `null` for anything else; never rounds.
 */
export function parseAmount<C extends Currency>(text: string, currency: C): Money<C> | null {
  if (typeof text !== 'string') return null
  const decimals = decimalsOf(currency)
  const point = text.indexOf('.')
  const wholeEnd = point < 0 ? text.length : point
  if (wholeEnd > MAX_WHOLE_DIGITS || (wholeEnd > 1 && text.charCodeAt(0) === ZERO)) return null
  const whole = integerAt(text, 0, wholeEnd)
  if (whole < 0) return null
  if (decimals === 0) return point < 0 ? of(BigInt(whole), currency) : null
  if (point < 0) return of(minorUnits(whole, 0), currency)
  const fractionDigits = text.length - point - 1
  if (fractionDigits > decimals) return null
  const fraction = integerAt(text, point + 1, text.length)
  if (fraction < 0) return null
  return of(minorUnits(whole, fractionDigits === 1 ? fraction * 10 : fraction), currency)
}

/** The amount with all decimals of its currency: `12500.00`, `-0.05`, and for a currency without decimals `12500`. */
export function formatAmount(amount: Money): string {
  if (decimalsOf(amount.currency) === 0) return amount.amountMinor.toString()
  const isDebt = amount.amountMinor < 0n
  const digits = (isDebt ? -amount.amountMinor : amount.amountMinor).toString().padStart(3, '0')
  const point = digits.length - 2
  return `${isDebt ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

// Arithmetic on numbers is several times faster than on bigints, and exact while the integers are safe (below
// 2^53).
function minorUnits(whole: number, cents: number): bigint {
  const minor = whole * 100 + cents
  return Number.isSafeInteger(minor) ? BigInt(minor) : BigInt(whole) * 100n + BigInt(cents)
}

/** The integer at that place of the text, or -1 when the place is empty or has anything but digits. */
function integerAt(text: string, start: number, end: number): number {
  if (start === end) return -1
  // This is exact, because an integer of at most 15 digits is below 2^53.
  let value = 0
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - ZERO
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
