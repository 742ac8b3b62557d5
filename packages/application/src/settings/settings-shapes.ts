import { formatInstant, type Instant, money, type Settings, type SettingsChange } from '@daftari/domain'
import { z } from 'zod'
import { amountField, currencyField, timeZoneField, wholeNumber } from '../input/fields.ts'
import { once } from '../input/once.ts'
import type { Precondition } from '../input/precondition.ts'

const days = wholeNumber(0, 3650).optional()

export const settingsChange = z
  .strictObject({
    timeZone: timeZoneField.optional(),
    baseCurrency: currencyField.optional(),
    expensePolicy: z.strictObject({ min: amountField.optional(), max: amountField.optional() }).optional(),
    urgencyDays: z.strictObject({ critical: days, high: days, medium: days }).optional(),
    maxCategories: wholeNumber(1, 10_000).optional(),
  })
  .meta({ title: 'SettingsChange' })

settingsChange satisfies z.ZodType<SettingsChange>

export type UpdateSettingsInput = z.input<typeof settingsChange> & {
  readonly version?: Precondition | undefined
}

export const settingsView = once(() =>
  z
    .object({
      id: z.uuid(),
      version: z.int(),
      timeZone: z.string(),
      baseCurrency: z.string(),
      expensePolicy: z.object({ min: z.string(), max: z.string() }),
      urgencyDays: z.object({ critical: z.int(), high: z.int(), medium: z.int() }),
      maxCategories: z.int(),
      createdAt: z.iso.datetime().nullable(),
      createdBy: z.string().nullable(),
      updatedAt: z.iso.datetime().nullable(),
    })
    .meta({ title: 'Settings' }),
)

export type SettingsView = Readonly<z.output<ReturnType<typeof settingsView>>>

/** The settings as JSON; nothing of them is computed. */
export function settingsRecord(settings: Settings): SettingsView {
  const { id, version, timeZone, baseCurrency, expensePolicy, urgencyDays, maxCategories } = settings
  return {
    id,
    version,
    timeZone,
    baseCurrency,
    expensePolicy: {
      min: money.formatAmount(expensePolicy.min),
      max: money.formatAmount(expensePolicy.max),
    },
    urgencyDays: { ...urgencyDays },
    maxCategories,
    createdAt: time(settings.createdAt),
    createdBy: settings.createdBy,
    updatedAt: time(settings.updatedAt),
  }
}

function time(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
