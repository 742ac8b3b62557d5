import type { Instant } from '../kernel/calendar/instant.ts'
import type { TimeZone } from '../kernel/calendar/time-zone.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import type { FieldError } from '../kernel/errors/field-error.ts'
import { type Decision, unchanged } from '../kernel/events/decision.ts'
import type { Fact } from '../kernel/events/fact.ts'
import type { Currency } from '../kernel/money/currency.ts'
import {
  changePayablesSettings,
  defaultPayablesSettings,
  isSamePayablesSettings,
  type PayablesSettings,
  type PayablesSettingsChange,
} from '../payables/settings-section.ts'
import {
  changeSpendingSettings,
  defaultSpendingSettings,
  isSameSpendingSettings,
  type SpendingSettings,
  type SpendingSettingsChange,
} from '../spending/settings-section.ts'

/**
 * The settings of one owner: time zone, base currency, and a section of each context. Version 0 means the defaults,
 * before the first change.
 */
export interface Settings extends SpendingSettings, PayablesSettings {
  readonly id: string
  readonly version: number
  readonly timeZone: TimeZone
  readonly baseCurrency: Currency
  readonly createdAt: Instant | null
  readonly createdBy: string | null
  readonly updatedAt: Instant | null
}

export type SettingsEvent = Fact<'settings.updated', 'settings', Settings>

export interface SettingsChange extends SpendingSettingsChange, PayablesSettingsChange {
  readonly timeZone?: TimeZone | undefined
  readonly baseCurrency?: Currency | undefined
}

const DAR_ES_SALAAM = 'Africa/Dar_es_Salaam' as TimeZone

export function defaultSettings(ownerId: string, timeZone: TimeZone = DAR_ES_SALAAM): Settings {
  return {
    id: ownerId,
    version: 0,
    timeZone,
    baseCurrency: 'TZS',
    ...defaultSpendingSettings(),
    ...defaultPayablesSettings(),
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
  const errors: FieldError[] = []
  const next: Settings = {
    ...settings,
    timeZone: change.timeZone ?? settings.timeZone,
    baseCurrency,
    ...changeSpendingSettings(settings, change, baseCurrency, errors),
    ...changePayablesSettings(settings, change, errors),
  }
  if (errors.length > 0) throw new DomainError('validation_failed', { errors })
  if (baseCurrency !== settings.baseCurrency && hasExpenses) {
    throw new DomainError('base_currency_frozen', { baseCurrency: settings.baseCurrency })
  }
  return isSame(settings, next) ? unchanged(settings) : recorded(settings, next, at, by)
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

function isSame(one: Settings, other: Settings): boolean {
  return (
    one.timeZone === other.timeZone &&
    one.baseCurrency === other.baseCurrency &&
    isSameSpendingSettings(one, other) &&
    isSamePayablesSettings(one, other)
  )
}
