import { contexts } from '../contexts.ts'
import { shared } from './shared-examples.ts'

/** One example of each schema of the document, by its title. A test holds them to their schemas. */
export const examples: Readonly<Record<string, object>> = Object.assign(
  { Money: shared.money },
  ...contexts.map((context) => context.examples),
)
