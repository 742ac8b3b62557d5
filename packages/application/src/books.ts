import { accessUseCases } from './access/use-cases.ts'
import { deliveryUseCases } from './delivery/use-cases.ts'
import { historyUseCases } from './history/use-cases.ts'
import { useCaseKinds } from './kernel/use-case-kinds.ts'
import { payablesUseCases } from './payables/use-cases.ts'
import type { Ports } from './ports.ts'
import { ownerSettings } from './settings/owner-settings.ts'
import { settingsUseCases } from './settings/use-cases.ts'
import { spendingUseCases } from './spending/use-cases.ts'

/** The whole library: every use case, by what it is about. */
export type Books = ReturnType<typeof createBooks>

/**
 * Opens the books on whatever adapters are given.
 * @example const books = createBooks(createMemoryAdapters())
 */
export function createBooks(ports: Ports) {
  const kinds = useCaseKinds(ports)
  const deps = { ...ports, settings: ownerSettings(ports) }
  return Object.freeze({
    ...spendingUseCases(deps, kinds),
    ...payablesUseCases(deps, kinds),
    ...settingsUseCases(deps, kinds),
    ...historyUseCases(deps, kinds),
    ...deliveryUseCases(deps, kinds),
    ...accessUseCases(deps, kinds),
  })
}
