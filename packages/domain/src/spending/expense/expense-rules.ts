import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import type { FieldError } from '../../kernel/errors/field-error.ts'
import { formatAmount } from '../../kernel/money/amount-text.ts'
import type { Currency } from '../../kernel/money/currency.ts'
import type { ExpensePolicy } from '../settings-section.ts'
import type { ExpenseFacts } from './expense-facts.ts'

/** The settings and today's date, by which an expense is validated. */
export interface ExpenseRules {
  readonly today: LocalDate
  readonly baseCurrency: Currency
  readonly expensePolicy: ExpensePolicy
}

/** One error for each rule that the given fields break. Fields that are not given are not checked. */
export function brokenRules(facts: Partial<ExpenseFacts>, rules: ExpenseRules): FieldError[] {
  return [...brokenAmountRules(facts, rules), ...brokenDateRules(facts, rules)]
}

/** @throws validation_failed */
export function refuseAgainstRules(facts: Partial<ExpenseFacts>, rules: ExpenseRules): void {
  const errors = brokenRules(facts, rules)
  if (errors.length > 0) throw new DomainError('validation_failed', { errors })
}

function brokenAmountRules({ amount }: Partial<ExpenseFacts>, rules: ExpenseRules): FieldError[] {
  if (amount === undefined) return []
  const { baseCurrency, expensePolicy } = rules
  if (amount.currency !== baseCurrency) {
    const detail = `expenses must be in the base currency ${baseCurrency}`
    return [{ pointer: '/amount/currency', code: 'currency_not_allowed', detail }]
  }
  const { min, max } = expensePolicy
  if (amount.amountMinor >= min.amountMinor && amount.amountMinor <= max.amountMinor) return []
  const detail = `the amount must be from ${formatAmount(min)} to ${formatAmount(max)} ${baseCurrency}`
  return [{ pointer: '/amount/amount', code: 'amount_out_of_policy', detail }]
}

function brokenDateRules({ expenseDate }: Partial<ExpenseFacts>, { today }: ExpenseRules): FieldError[] {
  if (expenseDate === undefined || expenseDate <= today) return []
  const detail = `${expenseDate} is after today, ${today}`
  return [{ pointer: '/expenseDate', code: 'date_in_future', detail }]
}
