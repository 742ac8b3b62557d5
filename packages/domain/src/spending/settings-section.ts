import type { FieldError } from '../kernel/errors/field-error.ts'
import { formatAmount, parseAmount } from '../kernel/money/amount-text.ts'
import type { Currency } from '../kernel/money/currency.ts'
import { isPositive, type Money, of } from '../kernel/money/money.ts'

/** What an owner decides about expenses and categories. */
export interface SpendingSettings {
  readonly expensePolicy: ExpensePolicy
  readonly maxCategories: number
}

/** The least and the most that one expense may cost, both included. */
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

/** The section after the change; its faults are added to `errors`. */
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

/** A limit that is not given keeps its figure in the new currency; one that cannot be written there is a fault. */
function changedPolicy(
  policy: ExpensePolicy,
  change: NonNullable<SpendingSettingsChange['expensePolicy']>,
  currency: Currency,
  errors: FieldError[],
): ExpensePolicy {
  const faults: FieldError[] = []
  const limit = (bound: 'min' | 'max'): Money => {
    const text = change[bound] ?? keptFigure(policy[bound])
    const parsed = parseAmount(text, currency)
    if (parsed !== null && isPositive(parsed)) return parsed
    faults.push({
      pointer: `/expensePolicy/${bound}`,
      code: 'amount_invalid',
      detail: `${text} is not a positive amount in ${currency}`,
    })
    return policy[bound]
  }
  const next = { min: limit('min'), max: limit('max') }
  if (faults.length === 0 && next.min.amountMinor > next.max.amountMinor) {
    faults.push({
      pointer: '/expensePolicy/min',
      code: 'amount_invalid',
      detail: 'the least may not exceed the most',
    })
  }
  errors.push(...faults)
  return next
}

/** The figure of a limit, without decimals that say nothing and that not every currency has. */
function keptFigure(limit: Money): string {
  return formatAmount(limit).replace(/\.00$/, '')
}
