import { DomainError } from '../../kernel/errors/domain-error.ts'
import type { FieldError } from '../../kernel/errors/field-error.ts'
import { formatAmount } from '../../kernel/money/amount-text.ts'
import type { Money } from '../../kernel/money/money.ts'

interface Totals {
  readonly total: Money
  readonly subtotal: Money | null
  readonly tax: Money | null
}

/** Requires that the total is positive, that all amounts have its currency, and that subtotal and tax add up to it. @throws validation_failed */
export function refuseBadTotals(totals: Totals): void {
  const errors = brokenCurrencies(totals)
  if (totals.total.amountMinor <= 0n) {
    errors.push({
      pointer: '/total/amount',
      code: 'amount_invalid',
      detail: 'the total must be greater than zero',
    })
  }
  if (errors.length === 0) errors.push(...brokenSum(totals))
  if (errors.length > 0) throw new DomainError('validation_failed', { errors })
}

function brokenCurrencies({ total, subtotal, tax }: Totals): FieldError[] {
  const { currency } = total
  return Object.entries({ subtotal, tax }).flatMap(([field, part]) =>
    part === null || part.currency === currency
      ? []
      : [
          {
            pointer: `/${field}/currency`,
            code: 'currency_not_allowed' as const,
            detail: `the total is in ${currency}`,
          },
        ],
  )
}

/** When only one of subtotal and tax is given, the other one is the rest of the total, which must not be negative. */
function brokenSum({ total, subtotal, tax }: Totals): FieldError[] {
  const parts = (subtotal?.amountMinor ?? 0n) + (tax?.amountMinor ?? 0n)
  const isWhole = subtotal !== null && tax !== null
  if (isWhole ? parts === total.amountMinor : parts <= total.amountMinor) return []
  const detail = `subtotal and tax do not add up to ${formatAmount(total)} ${total.currency}`
  return [{ pointer: '/total', code: 'totals_do_not_add_up', detail }]
}
