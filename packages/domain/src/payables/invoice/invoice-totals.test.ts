import { describe, expect, test } from 'vitest'
import { tzs } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import { of } from '../../kernel/money/money.ts'
import { refuseBadTotals } from './invoice-totals.ts'

describe('totals that add up', () => {
  test.each([
    ['C18 237.50 and 28.50 of tax are 266.00', 23_750n, 2_850n, 26_600n],
    ['C18 1,000 and 120 are 1,120', 100_000n, 12_000n, 112_000n],
    ['C18 1,000 and 180 are 1,180', 100_000n, 18_000n, 118_000n],
    ['C18 10,000 and 1,200 are 11,200', 1_000_000n, 120_000n, 1_120_000n],
    ['nothing but tax', 0n, 1n, 1n],
    ['no tax', 1n, 0n, 1n],
    ['the whole as subtotal, the tax not given', 10n, null, 10n],
    ['a part as subtotal, the tax not given', 9n, null, 10n],
    ['a part as tax, the subtotal not given', null, 10n, 10n],
    ['neither given', null, null, 1n],
    ['sums beyond the exact integers of numbers', 9_007_199_254_740_993n, 2n, 9_007_199_254_740_995n],
  ])('%s', (_, subtotal, tax, total) => {
    const part = (minor: bigint | null) => (minor === null ? null : tzs(minor))
    expect(() =>
      refuseBadTotals({ total: tzs(total), subtotal: part(subtotal), tax: part(tax) }),
    ).not.toThrow()
  })
})

describe('totals that do not', () => {
  test.each([
    ['a cent too little', 23_750n, 2_849n],
    ['a cent too much', 23_751n, 2_850n],
    ['a subtotal above the total', 26_601n, null],
    ['a tax above the total', null, 26_601n],
  ])('%s', (_, subtotal, tax) => {
    const part = (minor: bigint | null) => (minor === null ? null : tzs(minor))
    expect(
      refusalOf(() => refuseBadTotals({ total: tzs(26_600n), subtotal: part(subtotal), tax: part(tax) })),
    ).toEqual({
      code: 'validation_failed',
      details: {
        errors: [
          {
            pointer: '/total',
            code: 'totals_do_not_add_up',
            detail: 'subtotal and tax do not add up to 266.00 TZS',
          },
        ],
      },
    })
  })

  test.each([0n, -1n])('A2 a total of %i cents, which hides no other fault behind a sum', (total) => {
    expect(refusalOf(() => refuseBadTotals({ total: tzs(total), subtotal: tzs(5n), tax: null }))).toEqual({
      code: 'validation_failed',
      details: {
        errors: [
          {
            pointer: '/total/amount',
            code: 'amount_invalid',
            detail: 'the total must be greater than zero',
          },
        ],
      },
    })
  })

  test('R26 parts in other currencies than the total, each by its name', () => {
    const totals = { total: tzs(0n), subtotal: of(1n, 'USD'), tax: of(1n, 'EUR') }
    const currency = (pointer: string) => ({
      pointer,
      code: 'currency_not_allowed',
      detail: 'the total is in TZS',
    })
    expect(refusalOf(() => refuseBadTotals(totals)).details).toEqual({
      errors: [
        currency('/subtotal/currency'),
        currency('/tax/currency'),
        expect.objectContaining({ pointer: '/total/amount' }),
      ],
    })
  })
})
