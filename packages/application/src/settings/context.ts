import type { SettingsEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import type { SettingsReads, SettingsTransaction } from './ports.ts'
import { settingsRecord } from './settings-shapes.ts'

interface SettingsTypes {
  readonly event: SettingsEvent
  readonly transaction: SettingsTransaction
  readonly reads: SettingsReads
}

/** The settings of each owner. Their events serve the audit only and are not published. */
export const settings = {
  types: typesOf<SettingsTypes>(),
  aggregates: { settings: { record: settingsRecord } },
  errors: {
    base_currency_frozen: {
      status: 'conflict',
      title: 'The base currency is frozen',
      remedy: 'The base currency can change only while the owner has no expenses.',
      details: ['baseCurrency'],
    },
  },
} as const satisfies Context<SettingsTypes>
