import { type AllOf, merged } from './kernel/merged.ts'
import { useCaseKinds } from './kernel/use-case-kinds.ts'
import type { Ports } from './ports.ts'
import { ownerSettings } from './settings/owner-settings.ts'
import type { BooksOptions } from './use-case-deps.ts'
import * as useCases from './use-case-list.ts'

type UseCases = typeof useCases

/** The whole library: all use cases, grouped by the kind of record. */
export type Books = Readonly<AllOf<ReturnType<UseCases[keyof UseCases]>>>

/**
 * Composes the use cases with the given adapters.
 * @example const books = createBooks(createMemoryAdapters())
 */
export function createBooks(ports: Ports, options: BooksOptions = {}): Books {
  const kinds = useCaseKinds(ports)
  const deps = { ...ports, ...options, settings: ownerSettings(ports) }
  return Object.freeze(merged(Object.values(useCases).map((useCasesOf) => useCasesOf(deps, kinds))))
}
