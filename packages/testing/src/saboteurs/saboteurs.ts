import { accessReferenceSaboteurs } from './access-reference-saboteurs.ts'
import { apiKeyQuerySaboteurs } from './api-key-query-saboteurs.ts'
import { apiKeySaboteurs } from './api-key-saboteurs.ts'
import { attachmentSaboteurs } from './attachment-saboteurs.ts'
import { categoryQuerySaboteurs } from './category-query-saboteurs.ts'
import { categorySaboteurs } from './category-saboteurs.ts'
import { deliverySaboteurs } from './delivery-saboteurs.ts'
import { eventSaboteurs, historySaboteurs } from './event-saboteurs.ts'
import { expenseQuerySaboteurs } from './expense-query-saboteurs.ts'
import { expenseSaboteurs } from './expense-saboteurs.ts'
import { expenseSummarySaboteurs } from './expense-summary-saboteurs.ts'
import { feedSaboteurs } from './feed-saboteurs.ts'
import { freshSaboteurs } from './fresh-saboteurs.ts'
import { idempotencySaboteurs } from './idempotency-saboteurs.ts'
import { invoiceQuerySaboteurs } from './invoice-query-saboteurs.ts'
import { invoiceSaboteurs } from './invoice-saboteurs.ts'
import { invoiceSummarySaboteurs } from './invoice-summary-saboteurs.ts'
import { isolationSaboteurs } from './isolation-saboteurs.ts'
import { keyUseSaboteurs } from './key-use-saboteurs.ts'
import { machineSaboteurs } from './machine-saboteurs.ts'
import { nestedTransactionSaboteurs } from './nested-transaction-saboteurs.ts'
import type { Saboteurs } from './overlay.ts'
import { ownerSaboteurs } from './owner-saboteurs.ts'
import { referenceSaboteurs } from './reference-saboteurs.ts'
import { secretSaboteurs } from './secret-saboteurs.ts'
import { settingsSaboteurs } from './settings-saboteurs.ts'
import { unitOfWorkSaboteurs } from './unit-of-work-saboteurs.ts'

/** For every case a way to break an adapter so that exactly this case fails. */
export const saboteurs: Saboteurs = {
  ...unitOfWorkSaboteurs,
  ...nestedTransactionSaboteurs,
  ...idempotencySaboteurs,
  ...categorySaboteurs,
  ...categoryQuerySaboteurs,
  ...expenseSaboteurs,
  ...expenseQuerySaboteurs,
  ...expenseSummarySaboteurs,
  ...invoiceSaboteurs,
  ...invoiceQuerySaboteurs,
  ...invoiceSummarySaboteurs,
  ...attachmentSaboteurs,
  ...settingsSaboteurs,
  ...apiKeySaboteurs,
  ...apiKeyQuerySaboteurs,
  ...keyUseSaboteurs,
  ...ownerSaboteurs,
  ...eventSaboteurs,
  ...historySaboteurs,
  ...feedSaboteurs,
  ...isolationSaboteurs,
  ...freshSaboteurs,
  ...referenceSaboteurs,
  ...accessReferenceSaboteurs,
  ...machineSaboteurs,
  ...deliverySaboteurs,
  ...secretSaboteurs,
}
