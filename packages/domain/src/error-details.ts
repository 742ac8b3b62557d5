import { type FilesErrors, filesMessages } from './files/errors.ts'
import type { ErrorMessages } from './kernel/errors/error-messages.ts'
import { type KernelErrors, kernelMessages } from './kernel/errors/errors.ts'
import { type PayablesErrors, payablesMessages } from './payables/errors.ts'
import { type SettingsErrors, settingsMessages } from './settings/errors.ts'
import { type SpendingErrors, spendingMessages } from './spending/errors.ts'

/** Every error code that a rule can throw, with the type of its details. Each context adds its own codes; this is the complete list. */
export interface DomainErrorDetails
  extends KernelErrors,
    SpendingErrors,
    PayablesErrors,
    FilesErrors,
    SettingsErrors {}

/** The literal error codes. The library and the HTTP service use the same ones. */
export type DomainErrorCode = keyof DomainErrorDetails

/** The message of each code. A code without a message does not compile. */
export const errorMessages: ErrorMessages<DomainErrorDetails> = {
  ...kernelMessages,
  ...spendingMessages,
  ...payablesMessages,
  ...filesMessages,
  ...settingsMessages,
}
