import { accessReferenceContract } from './access-reference-contract.ts'
import { apiKeyIsolationContract } from './api-key-isolation-contract.ts'
import { accessQueriesContract, apiKeyQueriesContract } from './api-key-queries-contract.ts'
import { apiKeyRepositoryContract } from './api-key-repository-contract.ts'
import { attachmentRepositoryContract } from './attachment-repository-contract.ts'
import { categoryIsolationContract } from './category-isolation-contract.ts'
import { categoryQueriesContract } from './category-queries-contract.ts'
import { categoryRepositoryContract } from './category-repository-contract.ts'
import { categoryRulesContract } from './category-rules-contract.ts'
import type { Contract } from './contract.ts'
import { deliveryDeskContract } from './delivery-desk-contract.ts'
import { dispatchClaimsContract } from './dispatch-claims-contract.ts'
import { dispatchLeasesContract } from './dispatch-leases-contract.ts'
import { dispatchUpkeepContract } from './dispatch-upkeep-contract.ts'
import { eventLogContract } from './event-log-contract.ts'
import { expenseFiltersContract } from './expense-filters-contract.ts'
import { expenseIsolationContract } from './expense-isolation-contract.ts'
import { expenseQueriesContract } from './expense-queries-contract.ts'
import { expenseRepositoryContract } from './expense-repository-contract.ts'
import { expenseRulesContract } from './expense-rules-contract.ts'
import { expenseSummariesContract } from './expense-summaries-contract.ts'
import { feedContract } from './feed-contract.ts'
import { freshAnswersContract } from './fresh-answers-contract.ts'
import { freshInvoicesContract } from './fresh-invoices-contract.ts'
import { freshRecordsContract } from './fresh-records-contract.ts'
import { historyContract } from './history-contract.ts'
import { idempotencyContract } from './idempotency-contract.ts'
import { invoiceFiltersContract } from './invoice-filters-contract.ts'
import { invoiceIsolationContract } from './invoice-isolation-contract.ts'
import { invoiceQueriesContract } from './invoice-queries-contract.ts'
import { invoiceRepositoryContract } from './invoice-repository-contract.ts'
import { invoiceRulesContract } from './invoice-rules-contract.ts'
import { invoiceSummaryContract } from './invoice-summary-contract.ts'
import { invoiceWordsContract } from './invoice-words-contract.ts'
import { keyUsesContract } from './key-uses-contract.ts'
import { machineContract } from './machine-contract.ts'
import { nestedTransactionContract } from './nested-transaction-contract.ts'
import { otherIsolationContract } from './other-isolation-contract.ts'
import { ownerSettingsContract } from './owner-settings-contract.ts'
import { ownersContract } from './owners-contract.ts'
import { randomContract } from './random-contract.ts'
import { referenceContract } from './reference-contract.ts'
import { secretsContract } from './secrets-contract.ts'
import { settingsContract } from './settings-contract.ts'
import { unitOfWorkContract } from './unit-of-work-contract.ts'

/** Everything that an adapter promises. */
export const contracts: readonly Contract[] = [
  unitOfWorkContract,
  nestedTransactionContract,
  idempotencyContract,
  categoryRepositoryContract,
  categoryRulesContract,
  categoryQueriesContract,
  expenseRepositoryContract,
  expenseRulesContract,
  expenseQueriesContract,
  expenseFiltersContract,
  expenseSummariesContract,
  invoiceRepositoryContract,
  invoiceRulesContract,
  invoiceQueriesContract,
  invoiceFiltersContract,
  invoiceWordsContract,
  invoiceSummaryContract,
  attachmentRepositoryContract,
  settingsContract,
  apiKeyRepositoryContract,
  apiKeyQueriesContract,
  accessQueriesContract,
  keyUsesContract,
  ownersContract,
  ownerSettingsContract,
  eventLogContract,
  historyContract,
  feedContract,
  categoryIsolationContract,
  expenseIsolationContract,
  invoiceIsolationContract,
  apiKeyIsolationContract,
  otherIsolationContract,
  freshAnswersContract,
  freshInvoicesContract,
  freshRecordsContract,
  referenceContract,
  accessReferenceContract,
  machineContract,
  dispatchClaimsContract,
  dispatchLeasesContract,
  dispatchUpkeepContract,
  deliveryDeskContract,
  randomContract,
  secretsContract,
]
