import { type FilesErrors, filesMessages } from './files/errors.ts'
import type { ErrorMessages } from './kernel/errors/error-messages.ts'
import { type KernelErrors, kernelMessages } from './kernel/errors/errors.ts'
import { type PayablesErrors, payablesMessages } from './payables/errors.ts'
import { type SettingsErrors, settingsMessages } from './settings/errors.ts'
import { type SpendingErrors, spendingMessages } from './spending/errors.ts'

/** Every code that a rule can refuse with, and the facts that go with it. Closed here: each context adds its own. */
export interface DomainErrorDetails
  extends KernelErrors,
    SpendingErrors,
    PayablesErrors,
    FilesErrors,
    SettingsErrors {}

/** The literal codes of refusals: the words of the contract, in the library as over HTTP. */
export type DomainErrorCode = keyof DomainErrorDetails

/** A code without a sentence does not compile. */
export const errorMessages: ErrorMessages<DomainErrorDetails> = {
  ...kernelMessages,
  ...spendingMessages,
  ...payablesMessages,
  ...filesMessages,
  ...settingsMessages,
}
