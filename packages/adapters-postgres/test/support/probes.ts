import { EVENT_TYPES, type Transaction } from '@daftari/application'
import { type ApiKeyId, defaultSettings, invoiceNumberKey } from '@daftari/domain'
import {
  aCategory,
  anAttachment,
  anExpense,
  anInvoice,
  aSubscription,
  at,
  categoryEvent,
  freshId,
  on,
  someSettings,
} from '@daftari/testing'
import type { PostgresAdapters } from '../../src/index.ts'
import type { ForeignBooks } from './foreign-books.ts'

/** An owner who has nothing, and the books of another. */
export interface Trespass {
  readonly ports: PostgresAdapters
  readonly ownerId: string
  readonly theirs: ForeignBooks
}

/** One call with the ids of another owner. */
export interface Probe {
  call(trespass: Trespass): Promise<unknown>
  /** What it finds, when it finds nothing. */
  readonly nothing?: (ownerId: string) => unknown
  /** It can only be refused, with this code. */
  readonly refusal?: string
  /** Whether nothing but a wall keeps it from what is theirs; otherwise it has no way to name it. */
  readonly needsWalls: boolean
}

const PAGE = { after: null, limit: 100 }
const NOW = at('2026-11-21T10:00:00.000Z')
const DAY = { today: on('2026-11-21'), days: { critical: 7, high: 14, medium: 30 } }
const ANY_EXPENSE = { categoryIds: [], from: null, to: null, minMinor: null, maxMinor: null, words: [] }
const ANY_INVOICE = {
  statuses: [],
  levels: [],
  isOverdue: null,
  numberKey: null,
  supplierWords: [],
  dueFrom: null,
  dueTo: null,
  words: [],
}
const DIESEL = { ...ANY_EXPENSE, words: ['diesel'] }
const KILIMO = { ...ANY_INVOICE, words: ['kilimo'] }
const FROM_KILIMO = { ...ANY_INVOICE, supplierWords: ['kilimo'] }

function reads(call: Probe['call'], nothing: unknown): Probe {
  return { call, nothing: () => nothing, needsWalls: true }
}

function inTx<Result>(
  { ports, ownerId }: Trespass,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return ports.unitOfWork.transact({ ownerId, actorId: 'a-trespasser', idempotency: null }, work)
}

function txReads(read: (tx: Transaction, theirs: ForeignBooks) => Promise<unknown>, nothing: unknown): Probe {
  return reads((trespass) => inTx(trespass, (tx) => read(tx, trespass.theirs)), nothing)
}

function txWrites(write: (tx: Transaction, theirs: ForeignBooks) => void, refusal: string): Probe {
  return {
    call: (trespass) => inTx(trespass, async (tx) => write(tx, trespass.theirs)),
    refusal,
    needsWalls: true,
  }
}

/** Writes a row of one's own, under the id of theirs. */
function txInserts(insert: (tx: Transaction, theirs: ForeignBooks) => void): Probe {
  return {
    call: (trespass) => inTx(trespass, async (tx) => insert(tx, trespass.theirs)),
    nothing: () => undefined,
    needsWalls: false,
  }
}

/** Every method by which an owner's books are read or written; where it goes several ways, each by a name of its own. */
export const probes: Readonly<Record<string, Probe>> = {
  'queries.categories.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.categories.find(ownerId, theirs.category.id),
    null,
  ),
  'queries.categories.list': reads(
    ({ ports, ownerId }) => ports.queries.categories.list(ownerId, { words: [] }, PAGE),
    [],
  ),
  'queries.expenses.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.expenses.find(ownerId, theirs.expense.id),
    null,
  ),
  'queries.expenses.list': reads(
    ({ ports, ownerId }) => ports.queries.expenses.list(ownerId, ANY_EXPENSE, '-expenseDate', PAGE),
    [],
  ),
  'queries.expenses.list by words': reads(
    ({ ports, ownerId }) => ports.queries.expenses.list(ownerId, DIESEL, '-expenseDate', PAGE),
    [],
  ),
  'queries.expenses.summarise by words': reads(
    ({ ports, ownerId }) => ports.queries.expenses.summarise(ownerId, DIESEL, 'month'),
    [],
  ),
  'queries.expenses.summarise': reads(
    ({ ports, ownerId }) => ports.queries.expenses.summarise(ownerId, ANY_EXPENSE, 'category'),
    [],
  ),
  'queries.invoices.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.invoices.find(ownerId, theirs.invoice.id),
    null,
  ),
  'queries.invoices.list': reads(
    ({ ports, ownerId }) => ports.queries.invoices.list(ownerId, ANY_INVOICE, 'urgency', PAGE, DAY),
    [],
  ),
  'queries.invoices.list by words': reads(
    ({ ports, ownerId }) => ports.queries.invoices.list(ownerId, KILIMO, 'urgency', PAGE, DAY),
    [],
  ),
  'queries.invoices.list by supplier': reads(
    ({ ports, ownerId }) => ports.queries.invoices.list(ownerId, FROM_KILIMO, 'urgency', PAGE, DAY),
    [],
  ),
  'queries.invoices.summarise': reads(
    ({ ports, ownerId }) => ports.queries.invoices.summarise(ownerId, DAY),
    [],
  ),
  'queries.settings.get': {
    call: ({ ports, ownerId }) => ports.queries.settings.get(ownerId),
    nothing: (ownerId) => defaultSettings(ownerId),
    needsWalls: true,
  },
  'queries.apiKeys.list': reads(({ ports, ownerId }) => ports.queries.apiKeys.list(ownerId, PAGE), []),
  'queries.history.list': reads(
    ({ ports, ownerId, theirs }) =>
      ports.queries.history.list(ownerId, 'invoice', theirs.invoice.id, { before: null, limit: 100 }),
    [],
  ),
  'queries.feed.list': reads(
    ({ ports, ownerId }) => ports.queries.feed.list(ownerId, { after: null, types: EVENT_TYPES, limit: 100 }),
    [],
  ),
  'queries.idempotency.find': reads(
    ({ ports, ownerId }) => ports.queries.idempotency.find(ownerId, 'their key'),
    null,
  ),
  'keyUses.note': {
    call: ({ ports, ownerId, theirs }) => ports.keyUses.note(ownerId, theirs.keyId, NOW),
    nothing: () => undefined,
    needsWalls: true,
  },

  'tx.categories.lockAll': txReads((tx) => tx.categories.lockAll(), []),
  'tx.categories.find': txReads((tx, { category }) => tx.categories.find(category.id), null),
  'tx.categories.findMany': txReads((tx, { category }) => tx.categories.findMany([category.id]), []),
  'tx.categories.insert': txInserts((tx, { category }) => tx.categories.insert(category)),
  'tx.categories.update': txWrites(
    (tx, { category }) => tx.categories.update({ ...category, name: 'Taken', version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.categories.delete': txWrites(
    (tx, { unusedCategory }) => tx.categories.delete(unusedCategory),
    'concurrent_change',
  ),
  'tx.expenses.find': txReads((tx, { expense }) => tx.expenses.find(expense.id), null),
  'tx.expenses.listByCategory': txReads(
    (tx, { category }) => tx.expenses.listByCategory(category.id, 10),
    [],
  ),
  'tx.expenses.usageOf': txReads((tx, { category }) => tx.expenses.usageOf(category.id), {
    expenseCount: 0,
    totalMinor: 0n,
  }),
  'tx.expenses.exist': txReads((tx) => tx.expenses.exist(), false),
  // A reference across owners is no row of anybody: the keys themselves forbid it.
  'tx.expenses.insert': {
    ...txWrites(
      (tx, { category }) => tx.expenses.insert(anExpense({ categoryId: category.id })),
      'category_not_found',
    ),
    needsWalls: false,
  },
  'tx.expenses.update': txWrites(
    (tx, { expense }) => tx.expenses.update({ ...expense, description: 'Taken', version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.expenses.delete': txWrites((tx, { expense }) => tx.expenses.delete(expense), 'concurrent_change'),
  'tx.invoices.find': txReads((tx, { invoice }) => tx.invoices.find(invoice.id), null),
  'tx.invoices.listByNumber': txReads(
    (tx, { invoice }) => tx.invoices.listByNumber(invoiceNumberKey(invoice.number)),
    [],
  ),
  'tx.invoices.insert': txInserts((tx, { invoice }) => tx.invoices.insert(anInvoice({ id: invoice.id }))),
  'tx.invoices.update': txWrites(
    (tx, { invoice }) =>
      tx.invoices.update(
        { ...invoice, payments: [], notes: 'Taken', version: invoice.version + 1 },
        invoice.version,
      ),
    'concurrent_change',
  ),
  'tx.attachments.findMany': txReads((tx, { fileId }) => tx.attachments.findMany([fileId]), []),
  'tx.attachments.insert': txInserts((tx, { fileId }) => tx.attachments.insert(anAttachment({ id: fileId }))),
  'tx.attachments.link': txWrites(
    (tx, { fileId }) => tx.attachments.link([fileId], NOW),
    'attachment_not_found',
  ),
  'tx.settings.get': {
    call: (trespass) => inTx(trespass, (tx) => tx.settings.get()),
    nothing: (ownerId) => defaultSettings(ownerId),
    needsWalls: true,
  },
  'tx.settings.update': txWrites(
    (tx, { ownerId }) => tx.settings.update(someSettings(ownerId, { maxCategories: 1, version: 2 }), 1),
    'concurrent_change',
  ),
  'tx.apiKeys.find': txReads((tx, { keyId }) => tx.apiKeys.find(keyId), null),
  'tx.apiKeys.insert': txInserts((tx, { keyId }) => tx.apiKeys.insert(aKey(keyId), freshId())),
  'tx.apiKeys.update': txWrites(
    (tx, { keyId }) => tx.apiKeys.update({ ...aKey(keyId), name: 'Taken', version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.events.append': txInserts((tx, { unusedCategory }) =>
    tx.events.append([categoryEvent('category.deleted', { before: unusedCategory })]),
  ),
  'tx.subscriptions.lockByName': txReads(
    (tx, { subscription }) => tx.subscriptions.lockByName(subscription.name),
    null,
  ),
  'tx.subscriptions.insert': txInserts((tx, { subscription }) =>
    tx.subscriptions.insert(aSubscription({ name: subscription.name })),
  ),
  'tx.subscriptions.update': txWrites(
    (tx, { subscription }) => tx.subscriptions.update({ ...subscription, isPaused: true, version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.deliveries.retry': txReads(
    (tx, { subscription, eventId }) => tx.deliveries.retry(subscription.id, eventId),
    null,
  ),
  'tx.deliveries.skip': txReads(
    (tx, { subscription, eventId }) => tx.deliveries.skip(subscription.id, eventId),
    null,
  ),
  'tx.deliveries.replay': txReads(
    (tx, { subscription }) => tx.deliveries.replay(everythingTo(subscription.name)),
    0,
  ),
  'tx.deliveries.cancelAll': txReads(
    async (tx, { subscription }) => tx.deliveries.cancelAll(subscription.id),
    undefined,
  ),
  'tx.transact': {
    call: (trespass) =>
      inTx(trespass, (tx) => tx.transact((nested) => nested.invoices.find(trespass.theirs.invoice.id))),
    nothing: () => null,
    needsWalls: true,
  },
}

/** Above all owners on purpose: whose books a key opens, how old all books are, and who keeps books here. */
export const aboveAllOwners: readonly string[] = [
  'queries.access.findKeyByHash',
  'queries.feed.epoch',
  'owners.create',
  'owners.find',
  'owners.list',
]

function everythingTo(subscriptionName: string) {
  const [from, to] = [at('2020-01-01T00:00:00.000Z'), at('2100-01-01T00:00:00.000Z')]
  return { subscriptionName, from, to, eventTypes: [] }
}

function aKey(id: ApiKeyId) {
  const { version, createdAt, createdBy, updatedAt } = aCategory()
  return {
    id,
    name: 'mine',
    scopes: ['read'] as const,
    expiresAt: null,
    revokedAt: null,
    version,
    createdAt,
    createdBy,
    updatedAt,
  }
}
