import type { FieldError } from '../kernel/errors/field-error.ts'
import { formatAmount, parseAmount } from '../kernel/money/amount-text.ts'
import type { Currency } from '../kernel/money/currency.ts'
import { isPositive, type Money, of } from '../kernel/money/money.ts'

/** The settings of an owner that concern expenses and categories. */
export interface SpendingSettings {
  readonly expensePolicy: ExpensePolicy
  readonly maxCategories: number
}

/** The smallest and the largest amount of one expense, both inclusive. */
export interface ExpensePolicy {
  readonly min: Money
  readonly max: Money
}

export interface SpendingSettingsChange {
  readonly expensePolicy?:
    | { readonly min?: string | undefined; readonly max?: string | undefined }
    | undefined
  readonly maxCategories?: number | undefined
}

export function defaultSpendingSettings(): SpendingSettings {
  return {
    expensePolicy: { min: of(1n, 'TZS'), max: of(1_000_000_00n, 'TZS') },
    maxCategories: 100,
  }
}

/** The settings after the change. Invalid fields are added to `errors`. */
export function changeSpendingSettings(
  { expensePolicy, maxCategories }: SpendingSettings,
  change: SpendingSettingsChange,
  currency: Currency,
  errors: FieldError[],
): SpendingSettings {
  return {
    expensePolicy: changedPolicy(expensePolicy, change.expensePolicy ?? {}, currency, errors),
    maxCategories: change.maxCategories ?? maxCategories,
  }
}

export function isSameSpendingSettings(one: SpendingSettings, other: SpendingSettings): boolean {
  return (
    one.maxCategories === other.maxCategories &&
    one.expensePolicy.min.amountMinor === other.expensePolicy.min.amountMinor &&
    one.expensePolicy.max.amountMinor === other.expensePolicy.max.amountMinor
  )
}

/** A limit that is not given keeps its number in the new currency. A number that is not a valid amount in the new currency is an error. */
function changedPolicy(
  policy: ExpensePolicy,
  change: NonNullable<SpendingSettingsChange['expensePolicy']>,
  currency: Currency,
  errors: FieldError[],
): ExpensePolicy {
  const policyErrors: FieldError[] = []
  const limit = (bound: 'min' | 'max'): Money => {
    const text = change[bound] ?? withoutZeroDecimals(policy[bound])
    const parsed = parseAmount(text, currency)
    if (parsed !== null && isPositive(parsed)) return parsed
    policyErrors.push({
      pointer: `/expensePolicy/${bound}`,
      code: 'amount_invalid',
      detail: `${text} is not a positive amount in ${currency}`,
    })
    return policy[bound]
  }
  const next = { min: limit('min'), max: limit('max') }
  if (policyErrors.length === 0 && next.min.amountMinor > next.max.amountMinor) {
    policyErrors.push({
      pointer: '/expensePolicy/min',
      code: 'amount_invalid',
      detail: 'min must not be greater than max',
    })
  }
  errors.push(...policyErrors)
  return next
}

/** The number of a limit without `.00`, because some currencies have no decimals. */
function withoutZeroDecimals(limit: Money): string {
  return formatAmount(limit).replace(/\.00$/, '')
}
