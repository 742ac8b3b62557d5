import { authenticate } from './access/authenticate.ts'
import { createApiKey } from './access/create-api-key.ts'
import { createOwner } from './access/create-owner.ts'
import { getOwner } from './access/get-owner.ts'
import { knownKeys } from './access/known-keys.ts'
import { listApiKeys } from './access/list-api-keys.ts'
import { listOwners } from './access/list-owners.ts'
import { noteUse } from './access/note-use.ts'
import { revokeApiKey } from './access/revoke-api-key.ts'
import { createCategories } from './category/create-categories.ts'
import { createCategory } from './category/create-category.ts'
import { deleteCategory } from './category/delete-category.ts'
import { getCategory } from './category/get-category.ts'
import { listCategories } from './category/list-categories.ts'
import { updateCategory } from './category/update-category.ts'
import { deliveryStats } from './delivery/delivery-stats.ts'
import {
  getDelivery,
  listDeliveries,
  replayDeliveries,
  retryDelivery,
  skipDelivery,
} from './delivery/manage-deliveries.ts'
import { listHandlers, pauseHandler, removeHandler } from './delivery/manage-handlers.ts'
import { registerHandler } from './delivery/register-handler.ts'
import { createExpense } from './expense/create-expense.ts'
import { createExpenses } from './expense/create-expenses.ts'
import { deleteExpense } from './expense/delete-expense.ts'
import { exportExpenses } from './expense/export-expenses.ts'
import { getExpense } from './expense/get-expense.ts'
import { importExpenses } from './expense/import-expenses.ts'
import { listExpenses } from './expense/list-expenses.ts'
import { summariseExpenses } from './expense/summarise-expenses.ts'
import { updateExpense } from './expense/update-expense.ts'
import { listEventTypes } from './history/list-event-types.ts'
import { listFeed } from './history/list-feed.ts'
import { listHistory } from './history/list-history.ts'
import { idempotent, type Write, withoutVersion } from './idempotency/idempotent.ts'
import { clearUrgency } from './invoice/clear-urgency.ts'
import { createInvoice } from './invoice/create-invoice.ts'
import { getInvoice } from './invoice/get-invoice.ts'
import { listInvoices } from './invoice/list-invoices.ts'
import { recordPayment } from './invoice/record-payment.ts'
import { reversePayment } from './invoice/reverse-payment.ts'
import { setUrgency } from './invoice/set-urgency.ts'
import { summariseInvoices } from './invoice/summarise-invoices.ts'
import { updateInvoice } from './invoice/update-invoice.ts'
import { voidInvoice } from './invoice/void-invoice.ts'
import type { Ports } from './ports/ports.ts'
import { checkOperator, checkScope, type Operator, type Scope } from './scope.ts'
import { getSettings } from './settings/get-settings.ts'
import { ownerSettings } from './settings/owner-settings.ts'
import { updateSettings } from './settings/update-settings.ts'

/** What names the version that was seen. */
interface Versioned {
  readonly version?: unknown
}

/** The whole library: every use case, by what it is about. */
export type Books = ReturnType<typeof createBooks>

/**
 * Opens the books on whatever adapters are given.
 * @example const books = createBooks(createMemoryAdapters())
 */
export function createBooks(ports: Ports) {
  const deps = {
    ...ports,
    settings: ownerSettings(ports),
    keys: knownKeys(ports),
    noteUse: noteUse(ports),
  }
  const write = <Input, View extends object>(operation: string, useCase: Write<Input, View>) =>
    idempotent(ports, operation, useCase)
  const change = <Input extends Versioned, View extends object>(
    operation: string,
    useCase: Write<Input, View>,
  ) => idempotent(ports, operation, useCase, { sameness: withoutVersion })
  const writeSecret = <Input, View extends object>(operation: string, useCase: Write<Input, View>) =>
    idempotent(ports, operation, useCase, { cover: ports.secrets })

  return Object.freeze({
    categories: Object.freeze({
      create: write('categories.create', createCategory(deps)),
      createMany: write('categories.createMany', createCategories(deps)),
      get: read(getCategory(deps)),
      list: read(listCategories(deps)),
      update: change('categories.update', updateCategory(deps)),
      delete: change('categories.delete', deleteCategory(deps)),
    }),
    expenses: Object.freeze({
      create: write('expenses.create', createExpense(deps)),
      createMany: write('expenses.createMany', createExpenses(deps)),
      get: read(getExpense(deps)),
      list: read(listExpenses(deps)),
      update: change('expenses.update', updateExpense(deps)),
      delete: change('expenses.delete', deleteExpense(deps)),
      summarise: read(summariseExpenses(deps)),
      export: read(exportExpenses(deps)),
      import: write('expenses.import', importExpenses(deps)),
    }),
    invoices: Object.freeze({
      create: write('invoices.create', createInvoice(deps)),
      get: read(getInvoice(deps)),
      list: read(listInvoices(deps)),
      update: change('invoices.update', updateInvoice(deps)),
      recordPayment: change('invoices.recordPayment', recordPayment(deps)),
      reversePayment: change('invoices.reversePayment', reversePayment(deps)),
      setUrgency: change('invoices.setUrgency', setUrgency(deps)),
      clearUrgency: change('invoices.clearUrgency', clearUrgency(deps)),
      void: change('invoices.void', voidInvoice(deps)),
      summarise: read(summariseInvoices(deps)),
    }),
    settings: Object.freeze({
      get: read(getSettings(deps)),
      update: change('settings.update', updateSettings(deps)),
    }),
    history: Object.freeze({
      list: read(listHistory(deps)),
      feed: read(listFeed(deps)),
      eventTypes: read(listEventTypes()),
    }),
    delivery: Object.freeze({
      register: read(registerHandler(deps)),
      handlers: read(listHandlers(deps)),
      pause: read(pauseHandler(deps, true)),
      resume: read(pauseHandler(deps, false)),
      remove: read(removeHandler(deps)),
      list: read(listDeliveries(deps)),
      get: read(getDelivery(deps)),
      retry: read(retryDelivery(deps)),
      skip: read(skipDelivery(deps)),
      replay: read(replayDeliveries(deps)),
      stats: read(deliveryStats(deps)),
    }),
    access: Object.freeze({
      createKey: writeSecret('access.createKey', createApiKey(deps)),
      listKeys: read(listApiKeys(deps)),
      revokeKey: write('access.revokeKey', revokeApiKey(deps)),
      authenticate: authenticate(deps),
      createOwner: operate(createOwner(deps)),
      getOwner: operate(getOwner(deps)),
      listOwners: operate(listOwners(deps)),
    }),
  })
}

/** A use case that only looks: an idempotency key in its scope means nothing to it. */
function read<Rest extends readonly unknown[], View>(
  useCase: (scope: Scope, ...rest: Rest) => Promise<View>,
): (scope: Scope, ...rest: Rest) => Promise<View> {
  return async function read(scope, ...rest) {
    checkScope(scope)
    return useCase(scope, ...rest)
  }
}

/** A use case above all books, which is under nobody's scope and offered to nobody over HTTP. */
function operate<Rest extends readonly unknown[], View>(
  useCase: (operator: Operator, ...rest: Rest) => Promise<View>,
): (operator: Operator, ...rest: Rest) => Promise<View> {
  return async function operate(operator, ...rest) {
    checkOperator(operator)
    return useCase(operator, ...rest)
  }
}
