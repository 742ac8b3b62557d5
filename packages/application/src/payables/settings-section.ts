import type { PayablesSettings } from '@daftari/domain'
import { z } from 'zod'
import { wholeNumber } from '../kernel/input/fields.ts'

const days = wholeNumber(0, 3650).optional()

export const payablesSettingsChange = {
  urgencyDays: z.strictObject({ critical: days, high: days, medium: days }).optional(),
}

export const payablesSettingsView = {
  urgencyDays: z.object({ critical: z.int(), high: z.int(), medium: z.int() }),
}

export function payablesSettingsJson({
  urgencyDays,
}: PayablesSettings): z.output<z.ZodObject<typeof payablesSettingsView>> {
  return { urgencyDays: { ...urgencyDays } }
}
