import type { ErrorMessages } from '../kernel/errors/error-messages.ts'

export interface SettingsErrors {
  readonly base_currency_frozen: { readonly baseCurrency: string }
}

export const settingsMessages: ErrorMessages<SettingsErrors> = {
  base_currency_frozen: ({ baseCurrency }) =>
    `The base currency ${baseCurrency} cannot change, because expenses are recorded in it.`,
}
