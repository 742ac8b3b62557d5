import type { Ports } from './ports.ts'
import type { OwnerSettings } from './settings/ports.ts'

/** Options of the books. */
export interface BooksOptions {
  /** How large an uploaded file may be (10 MiB). */
  readonly uploadLimitBytes?: number
}

/** What use cases are made of: the ports, and the settings that rules decide by. */
export interface UseCaseDeps extends Ports, BooksOptions {
  readonly settings: OwnerSettings
}
