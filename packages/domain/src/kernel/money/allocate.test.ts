import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, split } from './allocate.ts'
import { negate, of, sum } from './money.ts'

const minor = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 12 })
  .filter((list) => list.some((weight) => weight > 0n))

function shares(amount: bigint, by: readonly bigint[]): bigint[] {
  return allocate(of(amount, 'TZS'), by).map((share) => share.amountMinor)
}

describe('allocating', () => {
  it('loses nothing', () => {
    fc.assert(
      fc.property(minor, weights, (amount, by) => {
        const parts = allocate(of(amount, 'TZS'), by)
        expect(parts.length).toBe(by.length)
        expect(sum(parts, 'TZS')).toEqual(of(amount, 'TZS'))
      }),
    )
  })

  it('gives everyone their exact share, rounded down or up', () => {
    fc.assert(
      fc.property(minor, weights, (amount, by) => {
        const total = by.reduce((left, right) => left + right)
        shares(amount, by).forEach((share, index) => {
          const error = share * total - amount * (by[index] as bigint)
          expect(error < total && error > -total).toBe(true)
        })
      }),
    )
  })

  it('gives no unit to a smaller fraction, nor to a later equal one, before a larger or earlier has got its own', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), weights, (amount, by) => {
        const total = by.reduce((left, right) => left + right)
        const ranked = by
          .map((weight, index) => ({
            index,
            fraction: (amount * weight) % total,
            floor: (amount * weight) / total,
          }))
          .sort((a, b) => Number(b.fraction - a.fraction) || a.index - b.index)
        const got = shares(amount, by)
        const extras = ranked.map(({ index, floor }) => (got[index] as bigint) - floor)
        expect(extras.join('')).toMatch(/^1*0*$/)
      }),
    )
  })

  it('shares a debt like an asset', () => {
    fc.assert(
      fc.property(minor, weights, (amount, by) => {
        const asset = of(amount, 'TZS')
        expect(allocate(negate(asset), by)).toEqual(allocate(asset, by).map(negate))
      }),
    )
  })

  it('gives a weight of zero nothing', () => {
    fc.assert(
      fc.property(minor, weights, (amount, by) => {
        const got = shares(amount, by)
        expect(by.every((weight, index) => weight > 0n || got[index] === 0n)).toBe(true)
      }),
    )
  })

  it.each([
    [100n, [50n, 30n, 20n], [50n, 30n, 20n]],
    [101n, [50n, 30n, 20n], [51n, 30n, 20n]],
    [102n, [50n, 30n, 20n], [51n, 31n, 20n]],
    [109n, [50n, 30n, 20n], [54n, 33n, 22n]],
    [-109n, [50n, 30n, 20n], [-54n, -33n, -22n]],
    [-1n, [1n, 1n], [-1n, 0n]],
    [1n, [1n, 1n], [1n, 0n]],
    [1n, [1n, 2n], [0n, 1n]],
    [2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    [5n, [0n, 1n, 0n], [0n, 5n, 0n]],
    [0n, [1n, 2n], [0n, 0n]],
    [3n, [7n], [3n]],
  ])('shares %d by %s as %s', (amount, by, expected) => expect(shares(amount, by)).toEqual(expected))

  it('gives frozen amounts of the same currency', () => {
    for (const share of allocate(of(5n, 'UGX'), [1n, 2n])) {
      expect(Object.isFrozen(share)).toBe(true)
      expect(share.currency).toBe('UGX')
    }
  })

  it('refuses weights that are none, negative, or all zero', () => {
    const amount = of(5n, 'TZS')
    const nothing = new RangeError('The weights must add up to more than zero')
    expect(() => allocate(amount, [])).toThrow(nothing)
    expect(() => allocate(amount, [0n, 0n])).toThrow(nothing)
    expect(() => allocate(amount, [2n, -1n])).toThrow(new RangeError('A weight cannot be negative'))
  })
})

describe('splitting', () => {
  it('makes equal parts, the first taking what is left over', () => {
    expect(split(of(10n, 'TZS'), 3).map((part) => part.amountMinor)).toEqual([4n, 3n, 3n])
    expect(split(of(11n, 'TZS'), 3).map((part) => part.amountMinor)).toEqual([4n, 4n, 3n])
    expect(split(of(10n, 'TZS'), 1)).toEqual([of(10n, 'TZS')])
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d parts', (parts) => {
    expect(() => split(of(1n, 'TZS'), parts)).toThrow(
      new RangeError(`Cannot split an amount in ${parts} parts`),
    )
  })
})
