import * as all from './context-list.ts'
import type { HttpContext } from './endpoint/http-context.ts'

/** These are documented first, in this order, and then all others by name. */
const documentedFirst: readonly string[] = [
  'spending',
  'payables',
  'files',
  'history',
  'settings',
  'access',
] satisfies readonly (keyof typeof all)[]

/** Everything that is served, in the order in which it is documented. */
export const contexts: readonly HttpContext[] = Object.entries(all)
  .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
  .map(([, context]) => context)

function placeOf(name: string): number {
  const place = documentedFirst.indexOf(name)
  return place < 0 ? documentedFirst.length : place
}
