import type { Currency } from './currency.ts'
import { type Money, of } from './money.ts'

/**
 * Shares the amount out by weight and loses nothing: the shares add up to the amount. Each share is its exact part
 * rounded down or up; the units left over go to the largest fractions, the earlier one first when they are equal,
 * so the result depends on the arguments alone. A debt is shared out like an asset, a weight of zero gets nothing.
 * @throws RangeError without weights, with a negative weight, or when they add up to zero
 */
export function allocate<C extends Currency>(amount: Money<C>, weights: readonly bigint[]): Money<C>[] {
  const totalWeight = sumOfWeights(weights)
  const whole = amount.amountMinor
  const shares: bigint[] = new Array(weights.length)
  let left = whole
  let index = 0
  for (const weight of weights) {
    // Division of bigints drops the fraction on either side of zero, so what is left has the sign of the whole.
    const share = (whole * weight) / totalWeight
    shares[index++] = share
    left -= share
  }
  if (left !== 0n) handOut(left, shares, (index) => (whole * (weights[index] ?? 0n)) % totalWeight)
  return shares.map((share) => of(share, amount.currency))
}

/** Shares the amount out in equal parts, the first ones taking the units left over. @throws RangeError unless `parts` is a positive integer */
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
  // One unit left over is by far the most common, and needs no sorting.
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
