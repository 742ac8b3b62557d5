import { formatAmount } from './amount-text.ts'
import type { Currency } from './currency.ts'
import type { Money } from './money.ts'

/** The languages in which amounts can be displayed. */
export type DisplayLocale = 'en-TZ' | 'sw-TZ'

const shillings: { readonly [C in Currency]?: string } = { KES: 'KSh', TZS: 'TSh', UGX: 'USh' }

/**
 * Formats an amount for people, in the usual way of its currency: shillings as `TSh 12,500` (with cents only when there
 * are any: `TSh 12,500.50`), euros as `12.500,00 €`, all other currencies by their code: `USD 12,500.00`. A negative
 * amount begins with the minus sign. Both locales give the same text, because English and Swahili in Tanzania write
 * numbers alike; the parameter exists because a third locale would differ.
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
