import type { RefusalCases } from './refusal-case.ts'

export const settingsRefusals: RefusalCases = {
  'settings/update-settings.ts': {
    precondition_required: ({ books, scope }) => books.settings.update(scope, {}, { maxCategories: 5 }),
    concurrent_change: ({ books, scope }) =>
      books.settings.update(scope, { version: 1 }, { maxCategories: 5 }),
    validation_failed: ({ books, scope }) =>
      books.settings.update(scope, { version: 0 }, { maxCategories: 0 }),
    base_currency_frozen: ({ books, scope }) =>
      books.settings.update(scope, { version: 0 }, { baseCurrency: 'EUR' }),
  },
}
