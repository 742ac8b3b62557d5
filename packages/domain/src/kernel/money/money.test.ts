import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Currency } from './currency.ts'
import {
  add,
  compare,
  equals,
  isNegative,
  isPositive,
  isZero,
  type Money,
  negate,
  of,
  subtract,
  sum,
  zero,
} from './money.ts'

const tzs = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((minor) => of(minor, 'TZS'))

describe('money', () => {
  it('is an amount of minor units in a currency, frozen', () => {
    const amount = of(1_250_000n, 'TZS')
    expect(amount).toEqual({ amountMinor: 1_250_000n, currency: 'TZS' })
    expect(Object.isFrozen(amount)).toBe(true)
    expect(() => Object.assign(amount, { amountMinor: 1n })).toThrow(TypeError)
  })

  it('stays frozen through every operation', () => {
    const one = of(1n, 'TZS')
    for (const result of [add(one, one), subtract(one, one), negate(one), zero('TZS'), sum([one], 'TZS')]) {
      expect(Object.isFrozen(result)).toBe(true)
      expect(result.currency).toBe('TZS')
    }
  })

  it('adds in any order and grouping', () => {
    fc.assert(
      fc.property(tzs, tzs, tzs, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a))
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)))
        expect(add(a, b).amountMinor).toBe(a.amountMinor + b.amountMinor)
      }),
    )
  })

  it('has a zero that adds nothing, and takes away what it added', () => {
    fc.assert(
      fc.property(tzs, tzs, (a, b) => {
        expect(add(a, zero('TZS'))).toEqual(a)
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(subtract(a, b)).toEqual(add(a, negate(b)))
        expect(add(a, negate(a))).toEqual(zero('TZS'))
      }),
    )
  })

  it('sums to the same in whatever order', () => {
    fc.assert(
      fc.property(fc.array(tzs), fc.infiniteStream(fc.nat()), (amounts, order) => {
        const shuffled = amounts
          .map((amount) => ({ amount, rank: order.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ amount }) => amount)
        const total = sum(amounts, 'TZS')
        expect(sum(shuffled, 'TZS')).toEqual(total)
        expect(amounts.reduce((left, right) => add(left, right), zero('TZS'))).toEqual(total)
      }),
    )
  })

  it('F67: sums a million of the largest amounts exactly', () => {
    const largest = of(99_999_999_999_999_999n, 'TZS')
    const total = sum(new Array<Money<'TZS'>>(1_000_000).fill(largest), 'TZS')
    expect(total.amountMinor).toBe(99_999_999_999_999_999_000_000n)
  })

  it('sums nothing to zero, and takes any iterable', () => {
    expect(sum([], 'EUR')).toEqual(of(0n, 'EUR'))
    expect(sum(new Set([of(1n, 'EUR'), of(2n, 'EUR')]), 'EUR')).toEqual(of(3n, 'EUR'))
  })

  it('compares by amount', () => {
    expect(compare(of(1n, 'TZS'), of(2n, 'TZS'))).toBe(-1)
    expect(compare(of(2n, 'TZS'), of(2n, 'TZS'))).toBe(0)
    expect(compare(of(3n, 'TZS'), of(2n, 'TZS'))).toBe(1)
  })

  it('equals only the same amount of the same currency', () => {
    expect(equals(of(1n, 'TZS'), of(1n, 'TZS'))).toBe(true)
    expect(equals(of(1n, 'TZS'), of(2n, 'TZS'))).toBe(false)
    expect(equals(of(1n, 'TZS'), of(1n, 'EUR'))).toBe(false)
  })

  it.each([
    [-1n, true, false, false],
    [0n, false, true, false],
    [1n, false, false, true],
  ])('knows the sign of %d', (minor, negative, nothing, positive) => {
    const amount = of(minor, 'TZS')
    expect([isNegative(amount), isZero(amount), isPositive(amount)]).toEqual([negative, nothing, positive])
  })
})

describe('two currencies', () => {
  const shillings = of(1n, 'TZS')
  const euros = of(1n, 'EUR')

  it('do not compile together', () => {
    // @ts-expect-error shillings and euros
    expect(() => add(shillings, euros)).toThrow()
    // @ts-expect-error shillings and euros
    expect(() => subtract(shillings, euros)).toThrow()
    // @ts-expect-error shillings and euros
    expect(() => compare(shillings, euros)).toThrow()
    // @ts-expect-error shillings and euros
    expect(() => sum([shillings, euros], 'TZS')).toThrow()
    expectTypeOf(add(shillings, shillings)).toEqualTypeOf<Money<'TZS'>>()
  })

  it('throw plainly where the compiler could not know', () => {
    const left: Money<Currency> = shillings
    const right: Money<Currency> = euros
    for (const combine of [add, subtract, compare]) {
      expect(() => combine(left, right)).toThrow(new Error('Amounts of TZS and EUR cannot be combined'))
    }
    expect(() => sum([left, right], 'TZS' as Currency)).toThrow('Amounts of TZS and EUR cannot be combined')
  })
})
