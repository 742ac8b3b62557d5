import { money, type SpendingSettings } from '@daftari/domain'
import { z } from 'zod'
import { amountField, wholeNumber } from '../kernel/input/fields.ts'

export const spendingSettingsChange = {
  expensePolicy: z.strictObject({ min: amountField.optional(), max: amountField.optional() }).optional(),
  maxCategories: wholeNumber(1, 10_000).optional(),
}

export const spendingSettingsView = {
  expensePolicy: z.object({ min: z.string(), max: z.string() }),
  maxCategories: z.int(),
}

export function spendingSettingsJson({
  expensePolicy,
  maxCategories,
}: SpendingSettings): z.output<z.ZodObject<typeof spendingSettingsView>> {
  const { min, max } = expensePolicy
  return {
    expensePolicy: { min: money.formatAmount(min), max: money.formatAmount(max) },
    maxCategories,
  }
}
