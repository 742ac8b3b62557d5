import { expect, it } from 'vitest'
import { displayMoney } from './display-money.ts'
import { of } from './money.ts'

it.each([
  [1_250_000n, 'TZS', 'TSh 12,500'],
  [1_250_050n, 'TZS', 'TSh 12,500.50'],
  [1_250_005n, 'TZS', 'TSh 12,500.05'],
  [0n, 'TZS', 'TSh 0'],
  [1n, 'TZS', 'TSh 0.01'],
  [99_900n, 'TZS', 'TSh 999'],
  [100_000n, 'TZS', 'TSh 1,000'],
  [99_999_999_999_999_999n, 'TZS', 'TSh 999,999,999,999,999.99'],
  [-1_250_000n, 'TZS', '-TSh 12,500'],
  [-5n, 'TZS', '-TSh 0.05'],
  [1_250_000n, 'KES', 'KSh 12,500'],
  [12_500n, 'UGX', 'USh 12,500'],
  [12_500n, 'RWF', 'RWF 12,500'],
  [1_250_000n, 'EUR', '12.500,00 €'],
  [123_456_789n, 'EUR', '1.234.567,89 €'],
  [-5n, 'EUR', '-0,05 €'],
  [1_250_000n, 'USD', 'USD 12,500.00'],
  [-1n, 'USD', '-USD 0.01'],
] as const)('shows %d minor units of %s as %s, in English and Swahili', (minor, currency, shown) => {
  expect(displayMoney(of(minor, currency), 'en-TZ')).toBe(shown)
  expect(displayMoney(of(minor, currency), 'sw-TZ')).toBe(shown)
})
