import { describe, expect, expectTypeOf, it } from 'vitest'
import { formatAmount, parseAmount } from './amount-text.ts'
import { type Currency, decimalsOf } from './currency.ts'
import { type Money, of } from './money.ts'

/** Any of 2^32 seeds gives its own repeatable numbers in [0, 1) (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const seed = Date.now() | 0
const grammar = { 2: /^(0|[1-9]\d{0,14})(\.\d{1,2})?$/, 0: /^(0|[1-9]\d{0,14})$/ }

describe('reading an amount', () => {
  it.each([
    ['0', 0n],
    ['0.00', 0n],
    ['0.01', 1n],
    ['0.1', 10n],
    ['0.10', 10n],
    ['1', 100n],
    ['9', 900n],
    ['10', 1_000n],
    ['12500', 1_250_000n],
    ['12500.5', 1_250_050n],
    ['12500.50', 1_250_050n],
    ['90071992547409.91', 9_007_199_254_740_991n],
    ['90071992547409.92', 9_007_199_254_740_992n],
    ['90071992547409.93', 9_007_199_254_740_993n],
    ['999999999999999', 99_999_999_999_999_900n],
    ['999999999999999.99', 99_999_999_999_999_999n],
  ])('takes %s as it stands', (text, minor) => expect(parseAmount(text, 'TZS')).toEqual(of(minor, 'TZS')))

  it.each([
    ...['1e309', '1e3', '0.001', '-0', '-1', '+1', 'NaN', 'Infinity', '', ' 1', '1\u00a0', '1,000.00', '١٢'],
    ...[
      '１２',
      '0x10',
      '01',
      '1.',
      '.5',
      '1 ',
      '1\n',
      '.',
      '..',
      '1..2',
      '1.2.3',
      '1.2e',
      '00',
      '00.5',
      '-.5',
    ],
    ...['1.-1', '1.+1', '1_000', '1n', '1/2', '1:0', '/', ':', '1000000000000000', '1000000000000000.00'],
    ...['1.000', '1./', '1.:', '0.1/', '1.0:', '\u0000', '1\u0000', '1.1\u200b', '٣.٠٠', '0b1', '1,5'],
  ])('F66: refuses %j', (text) => expect(parseAmount(text, 'TZS')).toBeNull())

  it.each([12_500, 0, null, undefined, ['1'], { length: 1 }, true, 1n, new String('1')])(
    'F66: refuses what is not a text: %s',
    (value) => expect(parseAmount(value as string, 'TZS')).toBeNull(),
  )

  it('takes no decimals for a currency that has none', () => {
    expect(parseAmount('12500', 'UGX')).toEqual(of(12_500n, 'UGX'))
    expect(parseAmount('999999999999999', 'UGX')).toEqual(of(999_999_999_999_999n, 'UGX'))
    for (const text of ['1.', '1.0', '1.00', '.0', '01', '']) expect(parseAmount(text, 'UGX')).toBeNull()
  })

  it('F66: takes of 100,000 junk texts exactly those that the grammar takes', () => {
    const random = randomFrom(seed)
    const alphabet = '00112345678999....,-+ eExX_/:１٢\u00a0\n'
    for (let round = 0; round < 100_000; round++) {
      const length = Math.floor(random() * (round % 2 === 0 ? 6 : 20))
      let text = ''
      const digitsOnly = random() < 0.3
      while (text.length < length)
        text += alphabet[Math.floor(random() * (digitsOnly ? 18 : alphabet.length))]
      const currency: Currency = random() < 0.8 ? 'TZS' : 'UGX'
      const parsed = parseAmount(text, currency)
      const isAmount = grammar[decimalsOf(currency)].test(text)
      if ((parsed !== null) !== isAmount)
        throw new Error(`seed ${seed}: ${JSON.stringify(text)} in ${currency}`)
    }
  })

  it('keeps the currency in the type', () => {
    expectTypeOf(parseAmount('1', 'TZS')).toEqualTypeOf<Money<'TZS'> | null>()
  })
})

describe('writing an amount', () => {
  it.each([
    [1_250_000n, 'TZS', '12500.00'],
    [0n, 'TZS', '0.00'],
    [1n, 'TZS', '0.01'],
    [10n, 'TZS', '0.10'],
    [99n, 'TZS', '0.99'],
    [100n, 'TZS', '1.00'],
    [-5n, 'TZS', '-0.05'],
    [-100n, 'TZS', '-1.00'],
    [12_500n, 'UGX', '12500'],
    [0n, 'UGX', '0'],
    [-7n, 'UGX', '-7'],
  ] as const)('writes %d minor units of %s as %s', (minor, currency, text) => {
    expect(formatAmount(of(minor, currency))).toBe(text)
  })

  it('gives back the text of a million random amounts, and their value', () => {
    const random = randomFrom(seed)
    for (let round = 0; round < 1_000_000; round++) {
      const digits = 1 + Math.floor(random() * 15)
      const whole = Math.floor(random() * 10 ** digits)
      const cents = String(Math.floor(random() * 100)).padStart(2, '0')
      const text = `${whole}.${cents}`
      const parsed = parseAmount(text, 'TZS')
      if (
        parsed === null ||
        formatAmount(parsed) !== text ||
        parsed.amountMinor !== BigInt(`${whole}${cents}`)
      ) {
        throw new Error(`seed ${seed}, round ${round}: ${text}`)
      }
    }
  })
})
