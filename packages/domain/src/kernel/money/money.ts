import type { Currency } from './currency.ts'

/** An exact amount in one currency, in its smallest unit (cents). The object is frozen. */
export interface Money<C extends Currency = Currency> {
  readonly amountMinor: bigint
  readonly currency: C
}

/** `of(1250000n, 'TZS')` is TSh 12,500. */
export function of<C extends Currency>(amountMinor: bigint, currency: C): Money<C> {
  // The object is not written as the literal `{ amountMinor, currency }`, for speed. When a program keeps
  // many amounts, V8 allocates the objects of that literal in the old generation directly, and then
  // short-lived amounts cost two to three times as much.
  const amount: { amountMinor?: bigint; currency?: C } = {}
  amount.amountMinor = amountMinor
  amount.currency = currency
  return Object.freeze(amount) as Money<C>
}

/** The amount zero in a currency. */
export function zero<C extends Currency>(currency: C): Money<C> {
  return of(0n, currency)
}

/** The sum of two amounts of one currency. Different currencies do not compile; at run time they throw. */
export function add<C extends Currency>(augend: Money<C>, addend: Money<NoInfer<C>>): Money<C> {
  assertSameCurrency(augend, addend)
  return of(augend.amountMinor + addend.amountMinor, augend.currency)
}

/** The first amount minus the second. Different currencies do not compile; at run time they throw. */
export function subtract<C extends Currency>(minuend: Money<C>, subtrahend: Money<NoInfer<C>>): Money<C> {
  assertSameCurrency(minuend, subtrahend)
  return of(minuend.amountMinor - subtrahend.amountMinor, minuend.currency)
}

/** The sum of any number of amounts of one currency. The currency is a parameter because the sum of no amounts is zero in that currency. */
export function sum<C extends Currency>(amounts: Iterable<Money<NoInfer<C>>>, currency: C): Money<C> {
  let total = 0n
  for (const amount of amounts) {
    if (amount.currency !== currency) throw mixed(currency, amount.currency)
    total += amount.amountMinor
  }
  return of(total, currency)
}

/** Negative when `left` is smaller, positive when it is larger, zero when they are equal. */
export function compare<C extends Currency>(left: Money<C>, right: Money<NoInfer<C>>): -1 | 0 | 1 {
  assertSameCurrency(left, right)
  if (left.amountMinor === right.amountMinor) return 0
  return left.amountMinor < right.amountMinor ? -1 : 1
}

/** Whether both have the same amount and the same currency. Amounts of different currencies are not equal; comparing them does not throw. */
export function equals(left: Money, right: Money): boolean {
  return left.amountMinor === right.amountMinor && left.currency === right.currency
}

/** Whether it is more than zero. */
export function isPositive(amount: Money): boolean {
  return amount.amountMinor > 0n
}

/** Whether it is zero. */
export function isZero(amount: Money): boolean {
  return amount.amountMinor === 0n
}

/** Whether it is less than zero. */
export function isNegative(amount: Money): boolean {
  return amount.amountMinor < 0n
}

/** The same amount with the other sign. */
export function negate<C extends Currency>(amount: Money<C>): Money<C> {
  return of(-amount.amountMinor, amount.currency)
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) throw mixed(left.currency, right.currency)
}

// This is a plain error and not a `DomainError`, because mixing currencies is a defect of the program, not an
// error of the user.
function mixed(left: Currency, right: Currency): Error {
  return new Error(`Amounts of ${left} and ${right} cannot be combined`)
}
