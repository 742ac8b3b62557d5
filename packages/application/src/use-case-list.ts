// One line for each context with use cases. `books.ts` composes them.

export { accessUseCases } from './access/use-cases.ts'
export { deliveryUseCases } from './delivery/use-cases.ts'
export { filesUseCases } from './files/use-cases.ts'
export { historyUseCases } from './history/use-cases.ts'
export { payablesUseCases } from './payables/use-cases.ts'
export { settingsUseCases } from './settings/use-cases.ts'
export { spendingUseCases } from './spending/use-cases.ts'
