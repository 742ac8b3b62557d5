import type { Currency } from './currency.ts'

/** An exact amount of one currency, counted in its smallest unit (cents); frozen. */
export interface Money<C extends Currency = Currency> {
  readonly amountMinor: bigint
  readonly currency: C
}

/** `of(1250000n, 'TZS')` is TSh 12,500. */
export function of<C extends Currency>(amountMinor: bigint, currency: C): Money<C> {
  // Not `{ amountMinor, currency }`: once a program keeps many amounts, V8 makes whatever that literal gives among the
  // long-lived objects, and then all those that are thrown away at once cost two to three times as much.
  const amount: { amountMinor?: bigint; currency?: C } = {}
  amount.amountMinor = amountMinor
  amount.currency = currency
  return Object.freeze(amount) as Money<C>
}

/** Nothing, in a currency. */
export function zero<C extends Currency>(currency: C): Money<C> {
  return of(0n, currency)
}

/** The sum of two amounts of one currency. Two currencies do not compile, or throw. */
export function add<C extends Currency>(augend: Money<C>, addend: Money<NoInfer<C>>): Money<C> {
  assertSameCurrency(augend, addend)
  return of(augend.amountMinor + addend.amountMinor, augend.currency)
}

/** The first amount less the second. Two currencies do not compile, or throw. */
export function subtract<C extends Currency>(minuend: Money<C>, subtrahend: Money<NoInfer<C>>): Money<C> {
  assertSameCurrency(minuend, subtrahend)
  return of(minuend.amountMinor - subtrahend.amountMinor, minuend.currency)
}

/** The sum of any number of amounts of one currency; of none it is zero, which is why the currency is named. */
export function sum<C extends Currency>(amounts: Iterable<Money<NoInfer<C>>>, currency: C): Money<C> {
  let total = 0n
  for (const amount of amounts) {
    if (amount.currency !== currency) throw mixed(currency, amount.currency)
    total += amount.amountMinor
  }
  return of(total, currency)
}

/** Below zero when the first is the smaller, above when it is the larger, zero when they are equal. */
export function compare<C extends Currency>(left: Money<C>, right: Money<NoInfer<C>>): -1 | 0 | 1 {
  assertSameCurrency(left, right)
  if (left.amountMinor === right.amountMinor) return 0
  return left.amountMinor < right.amountMinor ? -1 : 1
}

/** Whether both are the same amount of the same currency; amounts of two currencies are simply not equal. */
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

// A plain error: amounts of two currencies in one sum are a fault of the program, never of its user.
function mixed(left: Currency, right: Currency): Error {
  return new Error(`Amounts of ${left} and ${right} cannot be combined`)
}
