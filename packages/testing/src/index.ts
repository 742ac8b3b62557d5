export {
  createMemoryAdapters,
  type MemoryAdapters,
  type MemoryFileStore,
  type MemoryOptions,
  memoryFileStore,
} from '@daftari/adapters-memory'
export { anApiKey, anOwner, apiKeyEvent } from './access/access-builders.ts'
export { contracts } from './contracts.ts'
export { aSubscription } from './delivery/subscription-states.ts'
export { anAttachment, attachmentEvent } from './files/file-builders.ts'
export { type FileLinkPorts, fileLinksContract, type LinkedFile } from './files/file-links-contract.ts'
export { fileReceivingContract } from './files/file-receiving-contract.ts'
export type { FilePorts } from './files/file-steps.ts'
export { fileStoreContract } from './files/file-store-contract.ts'
export {
  type Contract,
  type ContractCase,
  type Harness,
  type OpenHarness,
  runCase,
} from './kernel/contract.ts'
export type { RecordChange } from './kernel/fact.ts'
export { aScope, at, freshId, on } from './kernel/fresh.ts'
export { machineContract } from './kernel/machine-contract.ts'
export { randomContract } from './kernel/random-contract.ts'
export { runContracts } from './kernel/run-contracts.ts'
export { secretsContract } from './kernel/secrets-contract.ts'
export { type ManualClock, manualClock } from './manual-clock.ts'
export { paidInFull, reversed, voided, withPayments } from './payables/invoice-states.ts'
export {
  anInvoice,
  anInvoiceInput,
  aPayment,
  aPaymentInput,
  invoiceEvent,
} from './payables/payables-builders.ts'
export { settingsEvent, someSettings } from './settings/settings-builders.ts'
export {
  aCategory,
  aCategoryInput,
  anExpense,
  anExpenseInput,
  categoryEvent,
  expenseEvent,
} from './spending/spending-builders.ts'
