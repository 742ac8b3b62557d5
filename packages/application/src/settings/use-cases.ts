import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { getSettings } from './get-settings.ts'
import { updateSettings } from './update-settings.ts'

export function settingsUseCases(deps: UseCaseDeps, { read, change }: UseCaseKinds) {
  return {
    settings: Object.freeze({
      get: read(getSettings(deps)),
      update: change('settings.update', updateSettings(deps)),
    }),
  }
}
