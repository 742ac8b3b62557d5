import { contexts } from '../contexts.ts'
import { shared } from './shared-examples.ts'

/** One example for each schema of the document, by title. A test validates the examples against their schemas. */
export const examples: Readonly<Record<string, object>> = Object.assign(
  { Money: shared.money },
  ...contexts.map((context) => context.examples),
)
