import type { Currency } from './currency.ts'
import { type Money, of } from './money.ts'

/**
 * Divides the amount by weights. The shares add up to exactly the amount. Each share is its exact part
 * rounded down or up: the remaining units go to the shares with the largest fractions, and to the earlier
 * share when fractions are equal, so the result is deterministic. Negative amounts are divided like positive
 * ones. A weight of zero gets nothing.
 * @throws RangeError without weights, with a negative weight, or when they add up to zero
 */
export function allocate<C extends Currency>(amount: Money<C>, weights: readonly bigint[]): Money<C>[] {
  const totalWeight = sumOfWeights(weights)
  const whole = amount.amountMinor
  const shares: bigint[] = new Array(weights.length)
  let left = whole
  let index = 0
  for (const weight of weights) {
    // Division of bigints rounds towards zero, so the remainder has the sign of the amount.
    const share = (whole * weight) / totalWeight
    shares[index++] = share
    left -= share
  }
  if (left !== 0n) handOut(left, shares, (index) => (whole * (weights[index] ?? 0n)) % totalWeight)
  return shares.map((share) => of(share, amount.currency))
}

/** Divides the amount in equal parts. The first parts get the remaining units. @throws RangeError unless `parts` is a positive integer */
export function split<C extends Currency>(amount: Money<C>, parts: number): Money<C>[] {
  if (!Number.isSafeInteger(parts) || parts < 1)
    throw new RangeError(`Cannot split an amount in ${parts} parts`)
  return allocate(amount, new Array<bigint>(parts).fill(1n))
}

function sumOfWeights(weights: readonly bigint[]): bigint {
  let total = 0n
  for (const weight of weights) {
    if (weight < 0n) throw new RangeError('A weight cannot be negative')
    total += weight
  }
  if (total === 0n) throw new RangeError('The weights must add up to more than zero')
  return total
}

function handOut(left: bigint, shares: bigint[], fractionOf: (index: number) => bigint): void {
  // Fast path: one remaining unit is by far the most common case and needs no sorting.
  if (left === 1n) {
    const index = indexOfLargest(shares.length, fractionOf)
    shares[index] = (shares[index] ?? 0n) + 1n
    return
  }
  const unit = left < 0n ? -1n : 1n
  const fractions = shares.map((_, index) => ({ index, size: fractionOf(index) * unit }))
  fractions.sort((a, b) => (a.size === b.size ? 0 : a.size > b.size ? -1 : 1))
  for (const { index } of fractions.slice(0, Number(left * unit)))
    shares[index] = (shares[index] ?? 0n) + unit
}

function indexOfLargest(count: number, fractionOf: (index: number) => bigint): number {
  let largest = 0n
  let found = 0
  for (let index = 0; index < count; index++) {
    const fraction = fractionOf(index)
    if (fraction > largest) {
      largest = fraction
      found = index
    }
  }
  return found
}
