import type { Ports } from './ports.ts'
import type { OwnerSettings } from './settings/ports.ts'

/** What use cases are made of: the ports, and the settings that rules decide by. */
export interface UseCaseDeps extends Ports {
  readonly settings: OwnerSettings
}
