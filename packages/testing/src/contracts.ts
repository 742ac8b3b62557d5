import { accessReferenceContract } from './access/access-reference-contract.ts'
import { apiKeyIsolationContract } from './access/api-key-isolation-contract.ts'
import { accessQueriesContract, apiKeyQueriesContract } from './access/api-key-queries-contract.ts'
import { apiKeyRepositoryContract } from './access/api-key-repository-contract.ts'
import { keyUsesContract } from './access/key-uses-contract.ts'
import { ownersContract } from './access/owners-contract.ts'
import { freshAnswersContract } from './books/fresh-answers-contract.ts'
import { freshInvoicesContract } from './books/fresh-invoices-contract.ts'
import { freshRecordsContract } from './books/fresh-records-contract.ts'
import { otherIsolationContract } from './books/other-isolation-contract.ts'
import { referenceContract } from './books/reference-contract.ts'
import { deliveryQueriesContract } from './delivery/delivery-queries-contract.ts'
import { dispatchClaimsContract } from './delivery/dispatch-claims-contract.ts'
import { dispatchLeasesContract } from './delivery/dispatch-leases-contract.ts'
import { dispatchUpkeepContract } from './delivery/dispatch-upkeep-contract.ts'
import { attachmentRepositoryContract } from './files/attachment-repository-contract.ts'
import { eventLogContract } from './history/event-log-contract.ts'
import { feedContract } from './history/feed-contract.ts'
import { historyContract } from './history/history-contract.ts'
import type { Contract } from './kernel/contract.ts'
import { idempotencyContract } from './kernel/idempotency-contract.ts'
import { machineContract } from './kernel/machine-contract.ts'
import { nestedTransactionContract } from './kernel/nested-transaction-contract.ts'
import { randomContract } from './kernel/random-contract.ts'
import { secretsContract } from './kernel/secrets-contract.ts'
import { unitOfWorkContract } from './kernel/unit-of-work-contract.ts'
import { invoiceFiltersContract } from './payables/invoice-filters-contract.ts'
import { invoiceIsolationContract } from './payables/invoice-isolation-contract.ts'
import { invoiceQueriesContract } from './payables/invoice-queries-contract.ts'
import { invoiceRepositoryContract } from './payables/invoice-repository-contract.ts'
import { invoiceRulesContract } from './payables/invoice-rules-contract.ts'
import { invoiceSummaryContract } from './payables/invoice-summary-contract.ts'
import { invoiceWordsContract } from './payables/invoice-words-contract.ts'
import { ownerSettingsContract } from './settings/owner-settings-contract.ts'
import { settingsContract } from './settings/settings-contract.ts'
import { categoryIsolationContract } from './spending/category-isolation-contract.ts'
import { categoryQueriesContract } from './spending/category-queries-contract.ts'
import { categoryRepositoryContract } from './spending/category-repository-contract.ts'
import { categoryRulesContract } from './spending/category-rules-contract.ts'
import { expenseFiltersContract } from './spending/expense-filters-contract.ts'
import { expenseIsolationContract } from './spending/expense-isolation-contract.ts'
import { expenseQueriesContract } from './spending/expense-queries-contract.ts'
import { expenseRepositoryContract } from './spending/expense-repository-contract.ts'
import { expenseRulesContract } from './spending/expense-rules-contract.ts'
import { expenseSummariesContract } from './spending/expense-summaries-contract.ts'

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
  deliveryQueriesContract,
  randomContract,
  secretsContract,
]
