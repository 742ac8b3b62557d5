import { accessReferenceSaboteurs } from '../access/access-reference-saboteurs.ts'
import { apiKeyQuerySaboteurs } from '../access/api-key-query-saboteurs.ts'
import { apiKeySaboteurs } from '../access/api-key-saboteurs.ts'
import { keyUseSaboteurs } from '../access/key-use-saboteurs.ts'
import { ownerSaboteurs } from '../access/owner-saboteurs.ts'
import { contracts } from '../contracts.ts'
import { deliverySaboteurs } from '../delivery/delivery-saboteurs.ts'
import { dispatchSaboteurs } from '../delivery/dispatch-saboteurs.ts'
import { attachmentSaboteurs } from '../files/attachment-saboteurs.ts'
import { eventSaboteurs, historySaboteurs } from '../history/event-saboteurs.ts'
import { feedSaboteurs } from '../history/feed-saboteurs.ts'
import { breakageSaboteurs } from '../kernel/breakage-saboteurs.ts'
import { idempotencySaboteurs } from '../kernel/idempotency-saboteurs.ts'
import { machineSaboteurs } from '../kernel/machine-saboteurs.ts'
import { nestedTransactionSaboteurs } from '../kernel/nested-transaction-saboteurs.ts'
import type { Saboteurs } from '../kernel/sabotage/overlay.ts'
import { secretSaboteurs } from '../kernel/secret-saboteurs.ts'
import { unitOfWorkSaboteurs } from '../kernel/unit-of-work-saboteurs.ts'
import { invoiceQuerySaboteurs } from '../payables/invoice-query-saboteurs.ts'
import { invoiceSaboteurs } from '../payables/invoice-saboteurs.ts'
import { invoiceSummarySaboteurs } from '../payables/invoice-summary-saboteurs.ts'
import { settingsSaboteurs } from '../settings/settings-saboteurs.ts'
import { categoryQuerySaboteurs } from '../spending/category-query-saboteurs.ts'
import { categorySaboteurs } from '../spending/category-saboteurs.ts'
import { expenseQuerySaboteurs } from '../spending/expense-query-saboteurs.ts'
import { expenseSaboteurs } from '../spending/expense-saboteurs.ts'
import { expenseSummarySaboteurs } from '../spending/expense-summary-saboteurs.ts'
import { freshSaboteurs } from './fresh-saboteurs.ts'
import { isolationSaboteurs } from './isolation-saboteurs.ts'
import { referenceSaboteurs } from './reference-saboteurs.ts'

/** For every case a way to break an adapter so that exactly this case fails. */
export const saboteurs: Saboteurs = {
  ...breakageSaboteurs(contracts),
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
  ...dispatchSaboteurs,
  ...secretSaboteurs,
}
