import type { Currency } from './currency.ts'
import { type Money, of } from './money.ts'

/**
 * How to round a fraction of the smallest unit. `down` drops the fraction. `halfUp` and `halfEven` round to
 * the nearest unit; a fraction of exactly one half goes away from zero with `halfUp` and to the even
 * neighbour with `halfEven`. All modes are symmetric: -x rounds to minus the rounded x.
 */
export type Rounding = 'halfEven' | 'halfUp' | 'down'

/** The amount times `numerator / denominator`, computed exactly and rounded once. @throws RangeError when divided by zero */
export function multiplyByRatio<C extends Currency>(
  amount: Money<C>,
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding,
): Money<C> {
  if (denominator === 0n) throw new RangeError('An amount cannot be divided by zero')
  const product = amount.amountMinor * numerator
  const isDebt = product < 0n !== denominator < 0n
  const rounded = divideRounded(magnitude(product), magnitude(denominator), rounding)
  return of(isDebt ? -rounded : rounded, amount.currency)
}

/** A percentage of the amount, given in hundredths of a percent: 18 % is `1800n`. */
export function percentage<C extends Currency>(
  amount: Money<C>,
  basisPoints: bigint,
  rounding: Rounding,
): Money<C> {
  return multiplyByRatio(amount, basisPoints, 10_000n, rounding)
}

function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor
  if (rounding === 'down') return quotient
  const twiceRest = (dividend % divisor) * 2n
  if (twiceRest === divisor) return rounding === 'halfUp' ? quotient + 1n : quotient + (quotient & 1n)
  return twiceRest > divisor ? quotient + 1n : quotient
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
