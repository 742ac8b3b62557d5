import type { Ports } from './ports.ts'
import type { OwnerSettings } from './settings/ports.ts'

/** Options of the books. */
export interface BooksOptions {
  /** How large an uploaded file may be (10 MiB). */
  readonly uploadLimitBytes?: number
}

/** The dependencies of use cases: the ports, and the cached settings of owners. */
export interface UseCaseDeps extends Ports, BooksOptions {
  readonly settings: OwnerSettings
}
