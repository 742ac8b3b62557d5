import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negate, of } from './money.ts'
import { multiplyByRatio, percentage, type Rounding } from './ratio.ts'

const roundings: readonly Rounding[] = ['halfEven', 'halfUp', 'down']
const minor = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const divisor = fc.bigInt({ min: 1n, max: 10_000n })

function halves(amountMinor: bigint, rounding: Rounding): bigint {
  return multiplyByRatio(of(amountMinor, 'TZS'), 1n, 4n, rounding).amountMinor
}

describe('multiplying by a ratio', () => {
  it.each([
    ['halfEven', [0n, 0n, 0n, 1n, 1n, 1n, 2n, 2n, 2n, 2n, 2n, 3n, 3n]],
    ['halfUp', [0n, 0n, 1n, 1n, 1n, 1n, 2n, 2n, 2n, 2n, 3n, 3n, 3n]],
    ['down', [0n, 0n, 0n, 0n, 1n, 1n, 1n, 1n, 2n, 2n, 2n, 2n, 3n]],
  ] as const)('rounds quarters %s, on either side of zero', (rounding, expected) => {
    const quarters = expected.map((_, index) => BigInt(index))
    expect(quarters.map((amount) => halves(amount, rounding))).toEqual(expected)
    expect(quarters.map((amount) => halves(-amount, rounding))).toEqual(expected.map((value) => -value))
  })

  it('never leaves the exact value by a unit, and by no more than half a unit when rounding to the nearest', () => {
    fc.assert(
      fc.property(minor, minor, divisor, fc.constantFrom(...roundings), (amount, numerator, by, rounding) => {
        const rounded = multiplyByRatio(of(amount, 'TZS'), numerator, by, rounding).amountMinor
        const error = amount * numerator - rounded * by
        const size = error < 0n ? -error : error
        expect(rounding === 'down' ? size < by : size * 2n <= by).toBe(true)
      }),
    )
  })

  it('treats a debt as it treats an asset, and the sign of the ratio alike wherever it stands', () => {
    fc.assert(
      fc.property(
        minor,
        divisor,
        divisor,
        fc.constantFrom(...roundings),
        (amount, numerator, by, rounding) => {
          const asset = of(amount, 'TZS')
          const mirrored = negate(multiplyByRatio(asset, numerator, by, rounding))
          expect(multiplyByRatio(negate(asset), numerator, by, rounding)).toEqual(mirrored)
          expect(multiplyByRatio(asset, -numerator, by, rounding)).toEqual(mirrored)
          expect(multiplyByRatio(asset, numerator, -by, rounding)).toEqual(mirrored)
        },
      ),
    )
  })

  it('changes nothing when multiplied by one, however written', () => {
    fc.assert(
      fc.property(minor, divisor, fc.constantFrom(...roundings), (amount, by, rounding) => {
        expect(multiplyByRatio(of(amount, 'UGX'), by, by, rounding)).toEqual(of(amount, 'UGX'))
      }),
    )
  })

  it('refuses to divide by zero', () => {
    expect(() => multiplyByRatio(of(1n, 'TZS'), 1n, 0n, 'down')).toThrow(
      new RangeError('An amount cannot be divided by zero'),
    )
  })

  it('gives a frozen amount', () => {
    expect(Object.isFrozen(multiplyByRatio(of(1n, 'TZS'), 1n, 3n, 'down'))).toBe(true)
  })
})

describe('a percentage', () => {
  it.each([
    [1_250_000n, 1_800n, 'halfEven', 225_000n],
    [25n, 1_800n, 'halfEven', 4n],
    [25n, 1_800n, 'halfUp', 5n],
    [25n, 1_800n, 'down', 4n],
    [100n, 10_000n, 'down', 100n],
  ] as const)('of %d at %d basis points, %s, is %d', (amount, basisPoints, rounding, expected) => {
    expect(percentage(of(amount, 'TZS'), basisPoints, rounding)).toEqual(of(expected, 'TZS'))
  })
})
