import { formatAmount } from './amount-text.ts'
import type { Currency } from './currency.ts'
import type { Money } from './money.ts'

/** The languages people of the books read. */
export type DisplayLocale = 'en-TZ' | 'sw-TZ'

const shillings: { readonly [C in Currency]?: string } = { KES: 'KSh', TZS: 'TSh', UGX: 'USh' }

/**
 * An amount for people to read, written the way its currency is written at home, whoever reads: shillings as
 * `TSh 12,500` (cents only when there are any: `TSh 12,500.50`), euros as `12.500,00 €`, all others by their code, as
 * `USD 12,500.00`. A debt has its minus in front of everything. English and Swahili readers in Tanzania write numbers
 * alike, so the two locales give the same text; the locale is asked for all the same, because a third will not.
 */
export function displayMoney(amount: Money, _locale: DisplayLocale): string {
  const [whole = '', cents] = formatAmount(amount).replace('-', '').split('.')
  return (amount.amountMinor < 0n ? '-' : '') + written(amount.currency, whole, cents)
}

function written(currency: Currency, whole: string, cents: string | undefined): string {
  if (currency === 'EUR') return `${grouped(whole, '.')},${cents} €`
  const symbol = shillings[currency]
  const hidesCents = cents === undefined || (symbol !== undefined && cents === '00')
  return `${symbol ?? currency} ${grouped(whole, ',')}${hidesCents ? '' : `.${cents}`}`
}

function grouped(digits: string, separator: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, separator)
}
