import type { FieldError } from '../kernel/errors/field-error.ts'

/** The settings of an owner that concern invoices. */
export interface PayablesSettings {
  readonly urgencyDays: UrgencyDays
}

/** For each level, the largest number of days from today to the due date that still belongs to it. */
export interface UrgencyDays {
  readonly critical: number
  readonly high: number
  readonly medium: number
}

export interface PayablesSettingsChange {
  readonly urgencyDays?:
    | { readonly [Level in keyof UrgencyDays]?: UrgencyDays[Level] | undefined }
    | undefined
}

export function defaultPayablesSettings(): PayablesSettings {
  return {
    urgencyDays: { critical: 7, high: 14, medium: 30 },
  }
}

/** The settings after the change. Invalid fields are added to `errors`. */
export function changePayablesSettings(
  { urgencyDays: before }: PayablesSettings,
  { urgencyDays: change = {} }: PayablesSettingsChange,
  errors: FieldError[],
): PayablesSettings {
  const urgencyDays = {
    critical: change.critical ?? before.critical,
    high: change.high ?? before.high,
    medium: change.medium ?? before.medium,
  }
  if (!risesStrictly(urgencyDays)) errors.push(UNORDERED)
  return { urgencyDays }
}

export function isSamePayablesSettings(one: PayablesSettings, other: PayablesSettings): boolean {
  return (
    one.urgencyDays.critical === other.urgencyDays.critical &&
    one.urgencyDays.high === other.urgencyDays.high &&
    one.urgencyDays.medium === other.urgencyDays.medium
  )
}

const UNORDERED: FieldError = {
  pointer: '/urgencyDays',
  code: 'text_invalid',
  detail: 'critical must be less than high, and high less than medium',
}

function risesStrictly({ critical, high, medium }: UrgencyDays): boolean {
  return critical < high && high < medium
}
