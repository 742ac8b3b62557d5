// One line for each context that is served. `contexts.ts` puts them in order.

export { access } from './access/context.ts'
export { files } from './files/context.ts'
export { history } from './history/context.ts'
export { payables } from './payables/context.ts'
export { settings } from './settings/context.ts'
export { spending } from './spending/context.ts'
