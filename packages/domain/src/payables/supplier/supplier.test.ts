import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSameSupplier, parseIban, type Supplier, supplierKey } from './supplier.ts'

const supplier = (name: string, taxId: string | null = null): Supplier => ({ name, taxId, iban: null })

describe('two suppliers are one', () => {
  test.each([
    ['by tax id, whatever the names', supplier('Tanesco', '100-123'), supplier('TANESCO Ltd', '100-123')],
    ['whatever stands between its digits', supplier('A', '100-123 456'), supplier('B', '100.123/456')],
    ['whatever the case of its letters', supplier('A', 'be0123'), supplier('B', 'BE 0123')],
    ['whatever the width of its signs', supplier('A', '１２３'), supplier('B', '123')],
    ['by folded name where neither gives one', supplier(' tanesco '), supplier('TANESCO')],
    ['by folded name where only one gives one', supplier('Straße AG', '1'), supplier('STRASSE ag')],
    ['by folded name where a dash stands for it', supplier('Tanesco', '-'), supplier('tanesco', '100')],
  ])('%s', (_, one, other) => {
    expect(isSameSupplier(one, other)).toBe(true)
    expect(isSameSupplier(other, one)).toBe(true)
  })

  test.each([
    ['with two tax ids, whatever the names', supplier('Tanesco', '100'), supplier('Tanesco', '101')],
    ['with other names', supplier('Tanesco'), supplier('Dawasa')],
    ['with other names, where only one gives a tax id', supplier('Tanesco', '1'), supplier('Dawasa')],
    ['with other names, where dashes stand for tax ids', supplier('Tanesco', '-'), supplier('Dawasa', '.')],
  ])('but not %s', (_, one, other) => {
    expect(isSameSupplier(one, other)).toBe(false)
    expect(isSameSupplier(other, one)).toBe(false)
  })
})

test.each([
  [supplier('Tanesco', 'be 01.23'), 'tax:BE0123'],
  [supplier(' TANESCO  Ltd '), 'name:tanesco ltd'],
  [supplier('Tanesco', '–'), 'name:tanesco'],
])('one key identifies %j', (one, key) => {
  expect(supplierKey(one)).toBe(key)
})

test('one key means one supplier', () => {
  const some = fc.record({
    name: fc.constantFrom('a', 'A', 'tax:1', 'b'),
    taxId: fc.constantFrom(null, '1', ' 1', '-', 'a'),
    iban: fc.constant(null),
  })
  fc.assert(
    fc.property(some, some, (one, other) => {
      fc.pre(supplierKey(one) === supplierKey(other))
      expect(isSameSupplier(one, other)).toBe(true)
    }),
  )
})

describe('an IBAN', () => {
  test.each([
    ['GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['be68539007547034', 'BE68539007547034'],
    ['NO93 8601 1117 947', 'NO9386011117947'],
    ['MT84MALT011000012345MTLCAST001S', 'MT84MALT011000012345MTLCAST001S'],
    [' DE89 3704 0044 0532 0130 00 ', 'DE89370400440532013000'],
  ])('%s is %s', (text, iban) => {
    expect(parseIban(text)).toBe(iban)
  })

  test.each([
    '',
    'GB82 WEST 1234 5698 7654 33',
    'GB28 WEST 1234 5698 7654 32',
    'GB82 WEST 1234 5698 7654 3',
    'GB82-WEST-1234-5698-7654-32',
    'GB82 WEST 1234 5698 7654 32 x!',
    '8G2B WEST 1234 5698 7654 32',
    'G182 WEST 1234 5698 7654 32',
    'GBA2 WEST 1234 5698 7654 32',
    'GB8A WEST 1234 5698 7654 32',
    'GB82',
    'GB82 WEST 1234 5698 7654 32\n',
  ])('is not %j', (text) => {
    expect(parseIban(text)).toBeNull()
  })

  /** The check digits as ISO 13616 makes them. */
  function withCheckDigits(country: string, account: string): string {
    const digits = [...`${account}${country}00`].map((sign) => Number.parseInt(sign, 36)).join('')
    return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${account}`
  }

  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const country = fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 2 })
  const account = fc.string({
    unit: fc.constantFrom(...`0123456789${letters}`),
    minLength: 11,
    maxLength: 30,
  })

  test('is whatever carries its check digits, in 15 to 34 signs', () => {
    fc.assert(
      fc.property(country, account, (of, number) => {
        const iban = withCheckDigits(of, number)
        expect(parseIban(iban.toLowerCase().replace(/(.{4})/g, '$1 '))).toBe(iban)
      }),
    )
  })

  test.each([10, 31])('has no account of %i signs', (length) => {
    expect(parseIban(withCheckDigits('TZ', '1'.repeat(length)))).toBeNull()
  })

  test('does not begin in the middle of the text', () => {
    expect(parseIban(withCheckDigits('TZ', `AB12${'1'.repeat(30)}`))).toBeNull()
  })

  test('is refused with any other check digits', () => {
    fc.assert(
      fc.property(country, account, fc.integer({ min: 0, max: 99 }), (of, number, check) => {
        const iban = withCheckDigits(of, number)
        const other = `${of}${String(check).padStart(2, '0')}${number}`
        expect(parseIban(other)).toBe(other === iban ? iban : null)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['00', '97'],
    ['01', '98'],
    ['99', '02'],
  ])('never has the check digits %s, though they leave the same remainder as %s', (never, right) => {
    const accounts = Array.from({ length: 97 }, (_, index) => String(index).padStart(11, '0'))
    const iban = accounts
      .map((number) => withCheckDigits('TZ', number))
      .find((one) => one.startsWith(`TZ${right}`))
    expect(iban).toBeDefined()
    expect(parseIban(iban ?? '')).toBe(iban)
    expect(parseIban((iban ?? '').replace(`TZ${right}`, `TZ${never}`))).toBeNull()
  })
})
