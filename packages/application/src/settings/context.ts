import type { Context } from '../kernel/context.ts'
import { settingsRecord } from './settings-shapes.ts'

/** How each owner keeps the books. Changes are for the audit, not for other systems. */
export const settings = {
  aggregates: { settings: { record: settingsRecord } },
  errors: {
    base_currency_frozen: {
      status: 'conflict',
      title: 'The base currency is frozen',
      remedy: 'The base currency can change only while there is no expense.',
      details: ['baseCurrency'],
    },
  },
} as const satisfies Context
