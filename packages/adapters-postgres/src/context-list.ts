// One line for each context. `contexts.ts`, `migrations.ts` and `invariants.ts` make the complete lists from them.

export { access } from './access/context.ts'
export { delivery } from './delivery/context.ts'
export { files } from './files/context.ts'
export { history } from './history/context.ts'
export { payables } from './payables/context.ts'
export { settings } from './settings/context.ts'
export { spending } from './spending/context.ts'
