import type { SettingsEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import type { SettingsReads, SettingsTransaction } from './ports.ts'
import { settingsRecord } from './settings-shapes.ts'

interface SettingsTypes {
  readonly event: SettingsEvent
  readonly transaction: SettingsTransaction
  readonly reads: SettingsReads
}

/** How each owner keeps the books. Changes are for the audit, not for other systems. */
export const settings = {
  types: typesOf<SettingsTypes>(),
  aggregates: { settings: { record: settingsRecord } },
  errors: {
    base_currency_frozen: {
      status: 'conflict',
      title: 'The base currency is frozen',
      remedy: 'The base currency can change only while there is no expense.',
      details: ['baseCurrency'],
    },
  },
} as const satisfies Context<SettingsTypes>
