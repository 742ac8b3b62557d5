import { expect, expectTypeOf, it } from 'vitest'
import { type Currency, currencies, decimalsOf, isCurrency } from './currency.ts'

it('knows the currencies of East Africa and its neighbours, and those the world trades in', () => {
  const wanted = 'TZS KES UGX RWF BIF CDF MZN ZMW MWK SOS SSP ETB ZAR BWP EUR USD GBP INR CHF AED CNY JPY'
  for (const code of wanted.split(' ')) expect(isCurrency(code)).toBe(true)
})

it('lists them once each, in alphabetical order, and nobody can add one', () => {
  expect(currencies).toEqual([...new Set(currencies)].sort())
  expect(currencies).toContain('TZS')
  expect(currencies.every(isCurrency)).toBe(true)
  expect(Object.isFrozen(currencies)).toBe(true)
})

it('gives exactly the currencies without subunit no decimals, and all others two', () => {
  const withoutDecimals = currencies.filter((currency) => decimalsOf(currency) === 0)
  expect(withoutDecimals.join(' ')).toBe('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND XAF XOF')
  expect(currencies.filter((currency) => decimalsOf(currency) === 2).length).toBe(
    currencies.length - withoutDecimals.length,
  )
  expectTypeOf(decimalsOf).returns.toEqualTypeOf<0 | 2>()
})

it.each([
  'KWD',
  'BHD',
  'TND',
  'CLF',
  'tzs',
  'TZ',
  'TZSS',
  '',
  'XXX',
  'toString',
  '__proto__',
  'hasOwnProperty',
])('does not take %j for a currency', (text) => expect(isCurrency(text)).toBe(false))

it('is a union of literals', () => {
  expectTypeOf<'TZS'>().toExtend<Currency>()
  expectTypeOf<'KWD'>().not.toExtend<Currency>()
})
