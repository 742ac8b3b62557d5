import * as all from './context-list.ts'
import type { HttpContext } from './endpoint/http-context.ts'

/** The contexts that the document lists first, in this order. All others follow by name. */
const documentedFirst: readonly string[] = [
  'spending',
  'payables',
  'files',
  'history',
  'settings',
  'access',
] satisfies readonly (keyof typeof all)[]

/** All served contexts, in the order of the document. */
export const contexts: readonly HttpContext[] = Object.entries(all)
  .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
  .map(([, context]) => context)

function placeOf(name: string): number {
  const place = documentedFirst.indexOf(name)
  return place < 0 ? documentedFirst.length : place
}
