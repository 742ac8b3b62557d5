export { createMemoryAdapters, type MemoryAdapters, type MemoryOptions } from '@daftari/adapters-memory'
export { anApiKey, anOwner } from './builders/access-states.ts'
export {
  apiKeyEvent,
  attachmentEvent,
  categoryEvent,
  expenseEvent,
  invoiceEvent,
  settingsEvent,
  type Told,
} from './builders/events.ts'
export { at, freshId, on } from './builders/fresh.ts'
export {
  aCategoryInput,
  anExpenseInput,
  anInvoiceInput,
  aPaymentInput,
  aScope,
} from './builders/inputs.ts'
export { paidInFull, reversed, voided, withPayments } from './builders/invoice-states.ts'
export {
  aCategory,
  anAttachment,
  anExpense,
  anInvoice,
  aPayment,
  someSettings,
} from './builders/states.ts'
export {
  type Contract,
  type ContractCase,
  type Harness,
  type OpenHarness,
  runCase,
} from './contracts/contract.ts'
export { contracts } from './contracts/contracts.ts'
export { machineContract } from './contracts/machine-contract.ts'
export { randomContract } from './contracts/random-contract.ts'
export { runContracts } from './contracts/run-contracts.ts'
export { secretsContract } from './contracts/secrets-contract.ts'
export { type ManualClock, manualClock } from './manual-clock.ts'
