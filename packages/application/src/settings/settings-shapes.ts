import { formatInstant, type Instant, type Settings, type SettingsChange } from '@daftari/domain'
import { z } from 'zod'
import { currencyField, timeZoneField } from '../kernel/input/fields.ts'
import { once } from '../kernel/input/once.ts'
import type { Precondition } from '../kernel/input/precondition.ts'
import {
  payablesSettingsChange,
  payablesSettingsJson,
  payablesSettingsView,
} from '../payables/settings-section.ts'
import {
  spendingSettingsChange,
  spendingSettingsJson,
  spendingSettingsView,
} from '../spending/settings-section.ts'

export const settingsChange = z
  .strictObject({
    timeZone: timeZoneField.optional(),
    baseCurrency: currencyField.optional(),
    ...spendingSettingsChange,
    ...payablesSettingsChange,
  })
  .meta({ title: 'SettingsChange' })

settingsChange satisfies z.ZodType<SettingsChange>

export type UpdateSettingsInput = z.input<typeof settingsChange>

export interface SettingsTarget {
  readonly version?: Precondition | undefined
}

export const settingsView = once(() =>
  z
    .object({
      id: z.uuid(),
      version: z.int(),
      timeZone: z.string(),
      baseCurrency: z.string(),
      ...spendingSettingsView,
      ...payablesSettingsView,
      createdAt: z.iso.datetime().nullable(),
      createdBy: z.string().nullable(),
      updatedAt: z.iso.datetime().nullable(),
    })
    .meta({ title: 'Settings' }),
)

export type SettingsView = Readonly<z.output<ReturnType<typeof settingsView>>>

/** The settings as JSON. They have no computed fields. */
export function settingsRecord(settings: Settings): SettingsView {
  const { id, version, timeZone, baseCurrency } = settings
  return {
    id,
    version,
    timeZone,
    baseCurrency,
    ...spendingSettingsJson(settings),
    ...payablesSettingsJson(settings),
    createdAt: time(settings.createdAt),
    createdBy: settings.createdBy,
    updatedAt: time(settings.updatedAt),
  }
}

function time(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
