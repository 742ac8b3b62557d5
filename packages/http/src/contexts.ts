import { access } from './access/context.ts'
import type { HttpContext } from './endpoint/http-context.ts'
import { history } from './history/context.ts'
import { payables } from './payables/context.ts'
import { settings } from './settings/context.ts'
import { spending } from './spending/context.ts'

/** Everything that is served, in the order in which it is documented. */
export const contexts: readonly HttpContext[] = [spending, payables, history, settings, access]
