import { defaultSettings, type Expense, instant, type Settings } from '@daftari/domain'
import { accepting, called, refusing } from '../kernel/sabotage/constraints.ts'
import { onQueries, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'
import { lastWins } from '../kernel/sabotage/versions.ts'

/** Defaults that claim to have been made. */
function made(settings: Settings): Settings {
  return settings.version === 0 ? { ...settings, createdAt: instant(0) } : settings
}

export const settingsSaboteurs: Saboteurs = {
  'reads the defaults as version 0 before any change': onRepository('settings', (settings) => ({
    get: async () => made(await settings.get()),
  })),

  'shows the defaults as version 0 before any change': onQueries('settings', (queries) => ({
    get: async (ownerId) => made(await queries.get(ownerId)),
  })),

  'stores the first change, which expects version 0': onQueries('settings', (queries) => ({
    async get(ownerId) {
      const { urgencyDays } = defaultSettings(ownerId)
      return { ...(await queries.get(ownerId)), urgencyDays }
    },
  })),

  'reads settings that the same transaction staged': onRepository(
    'settings',
    (settings, _, { ownerId }, { queries }) => ({
      async get() {
        await settings.get()
        return queries.settings.get(ownerId)
      },
    }),
  ),

  'refuses a change of settings with a stale version': accepting(
    'concurrent_change',
    (trace) => !trace.isContended && called(trace, 'settings.update'),
  ),

  'lets one of two transactions make the first change of settings (F16)': lastWins('settings', 'update'),

  'accepts expenses in the base currency of the settings': refusing(
    'validation_failed',
    { errors: [] },
    (trace) => called<Expense>(trace, 'expenses.insert', ({ amount }) => amount.currency !== 'TZS'),
  ),

  'refuses another base currency when there is an expense': accepting(
    'base_currency_frozen',
    ({ isContended }) => !isContended,
  ),

  'accepts changes of other settings when there is an expense': refusing(
    'base_currency_frozen',
    { baseCurrency: 'TZS' },
    (trace, ledger) =>
      ledger.given('expenses.insert', trace.ownerId).length > 0 &&
      called<Settings>(trace, 'settings.update', ({ baseCurrency }) => baseCurrency === 'TZS'),
  ),

  'accepts either a new base currency or the first expense in the old one, when both come concurrently':
    accepting(['base_currency_frozen', 'validation_failed'], ({ isContended }) => isContended),
}
