export {
  createMemoryAdapters,
  type MemoryAdapters,
  type MemoryFileStore,
  type MemoryOptions,
  memoryFileStore,
} from '@daftari/adapters-memory'
export { anApiKey, anOwner } from './access/access-states.ts'
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
export {
  aCategory,
  anAttachment,
  anExpense,
  anInvoice,
  aPayment,
  someSettings,
} from './builders/states.ts'
export { contracts } from './contracts.ts'
export { aSubscription } from './delivery/subscription-states.ts'
export { type FileLinkPorts, fileLinksContract, type LinkedFile } from './files/file-links-contract.ts'
export type { FilePorts } from './files/file-steps.ts'
export { fileReceivingContract, fileStoreContract } from './files/file-store-contract.ts'
export {
  type Contract,
  type ContractCase,
  type Harness,
  type OpenHarness,
  runCase,
} from './kernel/contract.ts'
export { machineContract } from './kernel/machine-contract.ts'
export { randomContract } from './kernel/random-contract.ts'
export { runContracts } from './kernel/run-contracts.ts'
export { secretsContract } from './kernel/secrets-contract.ts'
export { type ManualClock, manualClock } from './manual-clock.ts'
export { paidInFull, reversed, voided, withPayments } from './payables/invoice-states.ts'
