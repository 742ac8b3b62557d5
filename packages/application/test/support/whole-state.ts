import type { ExpenseFilter } from '../../src/index.ts'
import { invoiceState } from './invoice-books.ts'
import type { OpenBooks } from './open-books.ts'

const everything = { after: null, limit: 1_000_000 }
const any: ExpenseFilter = {
  categoryIds: [],
  from: null,
  to: null,
  minMinor: null,
  maxMinor: null,
  words: [],
}

/** All that is stored: owners, and in the books of both the settings, records, keys, and what happened to each. */
export async function wholeState(opened: OpenBooks): Promise<unknown> {
  const { ports, scope, stranger } = opened
  return {
    owners: await ports.owners.list(everything),
    invoices: await invoiceState(opened),
    books: await Promise.all([scope.ownerId, stranger.ownerId].map((ownerId) => stateOf(ports, ownerId))),
  }
}

async function stateOf({ queries, delivery }: OpenBooks['ports'], ownerId: string): Promise<unknown> {
  const categories = await queries.categories.list(ownerId, { words: [] }, everything)
  const expenses = await queries.expenses.list(ownerId, any, 'expenseDate', everything)
  const subscriptions = await delivery.subscriptions(ownerId)
  const anyDelivery = { subscriptionName: null, status: null, eventType: null }
  const history = (kind: 'category' | 'expense' | 'settings' | 'subscription', id: string) =>
    queries.history.list(ownerId, kind, id, { before: null, limit: 1_000_000 })
  return {
    settings: await queries.settings.get(ownerId),
    categories,
    expenses,
    subscriptions,
    deliveries: await delivery.list(ownerId, anyDelivery, everything),
    apiKeys: await queries.apiKeys.list(ownerId, everything),
    histories: await Promise.all([
      history('settings', ownerId),
      ...categories.map(({ category }) => history('category', category.id)),
      ...expenses.map(({ id }) => history('expense', id)),
      ...subscriptions.map(({ id }) => history('subscription', id)),
    ]),
  }
}
