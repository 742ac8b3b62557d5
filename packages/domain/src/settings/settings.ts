import type { Instant } from '../calendar/instant.ts'
import type { TimeZone } from '../calendar/time-zone.ts'
import { DomainError, type FieldError } from '../errors/domain-error.ts'
import { type Decision, unchanged } from '../events/decision.ts'
import type { Fact } from '../events/fact.ts'
import { formatAmount, parseAmount } from '../money/amount-text.ts'
import type { Currency } from '../money/currency.ts'
import { isPositive, type Money, of } from '../money/money.ts'

/** How one owner keeps the books. Version 0 is what holds before anybody changed anything. */
export interface Settings {
  readonly id: string
  readonly version: number
  readonly timeZone: TimeZone
  readonly baseCurrency: Currency
  readonly expensePolicy: ExpensePolicy
  readonly urgencyDays: UrgencyDays
  readonly maxCategories: number
  readonly createdAt: Instant | null
  readonly createdBy: string | null
  readonly updatedAt: Instant | null
}

/** The least and the most that one expense may cost, both included. */
export interface ExpensePolicy {
  readonly min: Money
  readonly max: Money
}

/** The last day, counted from today, of each level of urgency. */
export interface UrgencyDays {
  readonly critical: number
  readonly high: number
  readonly medium: number
}

export type SettingsEvent = Fact<'settings.updated', 'settings', Settings>

export interface SettingsChange {
  readonly timeZone?: TimeZone | undefined
  readonly baseCurrency?: Currency | undefined
  readonly expensePolicy?:
    | { readonly min?: string | undefined; readonly max?: string | undefined }
    | undefined
  readonly urgencyDays?:
    | { readonly [Level in keyof UrgencyDays]?: UrgencyDays[Level] | undefined }
    | undefined
  readonly maxCategories?: number | undefined
}

const DAR_ES_SALAAM = 'Africa/Dar_es_Salaam' as TimeZone

export function defaultSettings(ownerId: string, timeZone: TimeZone = DAR_ES_SALAAM): Settings {
  return {
    id: ownerId,
    version: 0,
    timeZone,
    baseCurrency: 'TZS',
    expensePolicy: { min: of(1n, 'TZS'), max: of(1_000_000_00n, 'TZS') },
    urgencyDays: { critical: 7, high: 14, medium: 30 },
    maxCategories: 100,
    createdAt: null,
    createdBy: null,
    updatedAt: null,
  }
}

export interface SettingsContext {
  readonly hasExpenses: boolean
  readonly at: Instant
  readonly by: string
}

/** @throws validation_failed, base_currency_frozen */
export function changeSettings(
  settings: Settings,
  change: SettingsChange,
  { hasExpenses, at, by }: SettingsContext,
): Decision<Settings, SettingsEvent> {
  const baseCurrency = change.baseCurrency ?? settings.baseCurrency
  const urgencyDays = { ...settings.urgencyDays, ...withoutUndefined(change.urgencyDays ?? {}) }
  const errors: FieldError[] = []
  const expensePolicy = changedPolicy(
    settings.expensePolicy,
    change.expensePolicy ?? {},
    baseCurrency,
    errors,
  )
  if (!risesStrictly(urgencyDays)) errors.push(UNORDERED)
  if (errors.length > 0) throw new DomainError('validation_failed', { errors })
  if (baseCurrency !== settings.baseCurrency && hasExpenses) {
    throw new DomainError('base_currency_frozen', { baseCurrency: settings.baseCurrency })
  }
  const next = {
    ...settings,
    timeZone: change.timeZone ?? settings.timeZone,
    baseCurrency,
    expensePolicy,
    urgencyDays,
    maxCategories: change.maxCategories ?? settings.maxCategories,
  }
  if (isSame(settings, next)) return unchanged(settings)
  return recorded(settings, next, at, by)
}

function recorded(
  before: Settings,
  next: Settings,
  at: Instant,
  by: string,
): Decision<Settings, SettingsEvent> {
  const version = before.version + 1
  const state: Settings = {
    ...next,
    version,
    createdAt: before.createdAt ?? at,
    createdBy: before.createdBy ?? by,
    updatedAt: at,
  }
  const event: SettingsEvent = {
    type: 'settings.updated',
    aggregateType: 'settings',
    aggregateId: state.id,
    version,
    at,
    before,
    after: state,
  }
  return { state, events: [event] }
}

const UNORDERED: FieldError = {
  pointer: '/urgencyDays',
  code: 'text_invalid',
  detail: 'critical, high and medium must rise strictly',
}

function risesStrictly({ critical, high, medium }: UrgencyDays): boolean {
  return critical < high && high < medium
}

/** A limit that is not given keeps its figure in the new currency; one that cannot be written there is a fault. */
function changedPolicy(
  policy: ExpensePolicy,
  change: NonNullable<SettingsChange['expensePolicy']>,
  currency: Currency,
  errors: FieldError[],
): ExpensePolicy {
  const limit = (bound: 'min' | 'max'): Money => {
    const text = change[bound] ?? keptFigure(policy[bound])
    const parsed = parseAmount(text, currency)
    if (parsed !== null && isPositive(parsed)) return parsed
    errors.push({
      pointer: `/expensePolicy/${bound}`,
      code: 'amount_invalid',
      detail: `${text} is not a positive amount in ${currency}`,
    })
    return policy[bound]
  }
  const next = { min: limit('min'), max: limit('max') }
  if (errors.length === 0 && next.min.amountMinor > next.max.amountMinor) {
    errors.push({
      pointer: '/expensePolicy/min',
      code: 'amount_invalid',
      detail: 'the least may not exceed the most',
    })
  }
  return next
}

/** The figure of a limit, without decimals that say nothing and that not every currency has. */
function keptFigure(limit: Money): string {
  return formatAmount(limit).replace(/\.00$/, '')
}

function isSame(one: Settings, other: Settings): boolean {
  return (
    one.timeZone === other.timeZone &&
    one.baseCurrency === other.baseCurrency &&
    one.maxCategories === other.maxCategories &&
    one.expensePolicy.min.amountMinor === other.expensePolicy.min.amountMinor &&
    one.expensePolicy.max.amountMinor === other.expensePolicy.max.amountMinor &&
    one.urgencyDays.critical === other.urgencyDays.critical &&
    one.urgencyDays.high === other.urgencyDays.high &&
    one.urgencyDays.medium === other.urgencyDays.medium
  )
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
}
