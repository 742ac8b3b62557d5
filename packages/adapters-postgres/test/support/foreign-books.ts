import { createHash } from 'node:crypto'
import { createBooks, type Transaction } from '@daftari/application'
import type { ApiKeyId, Category, Expense, Invoice, Subscription } from '@daftari/domain'
import {
  aCategory,
  aCategoryInput,
  anExpense,
  anInvoiceInput,
  aPaymentInput,
  freshId,
} from '@daftari/testing'
import type { PostgresAdapters } from '../../src/index.ts'
import { exportsOf } from './exports-of.ts'

/** What an owner has, of everything something. */
export interface ForeignBooks {
  readonly ownerId: string
  readonly category: Category
  readonly unusedCategory: Category
  readonly expense: Expense
  readonly invoice: Invoice
  readonly subscription: Subscription
  readonly eventId: string
  readonly keyId: ApiKeyId
  readonly key: string
}

/** Writes what the probes of the same records look for, under `foreignId`, so that they can name it. */
export type WriteRows = (tx: Transaction, ownerId: string) => void

/** The id of the owner's record of this kind: always the same, and no other record's. */
export function foreignId<Id extends string>(ownerId: string, kind: string): Id {
  const hex = createHash('sha256').update(`${ownerId} ${kind}`).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5') as Id
}

const NOBODY = { actorId: 'a-tester', idempotency: null }

/** Writes the books of another owner. */
export async function writeForeignBooks(adapters: PostgresAdapters): Promise<ForeignBooks> {
  const ownerId = freshId()
  const scope = { ownerId, actorId: 'a-tester' }
  const books = createBooks(adapters)
  const [category, unusedCategory] = [aCategory(), aCategory()]
  const rows = await exportsOf<WriteRows>(new URL('../probes/', import.meta.url), '-rows.ts')
  const expense = anExpense({ categoryId: category.id, description: 'Diesel' })
  await adapters.unitOfWork.transact({ ownerId, ...NOBODY }, async (tx) => {
    tx.categories.insert(category)
    tx.categories.insert(unusedCategory)
    tx.expenses.insert(expense)
    for (const write of rows) write(tx, ownerId)
  })
  await books.settings.update(scope, { version: 0 }, { maxCategories: 7 })
  await books.categories.create({ ...scope, idempotencyKey: 'their key' }, aCategoryInput())
  const invoice = await books.invoices.create(scope, anInvoiceInput())
  await books.invoices.recordPayment(scope, { invoiceId: invoice.id }, aPaymentInput())
  const key = await books.access.createKey(scope, { name: 'theirs', scopes: ['read'] })
  const stored = await adapters.queries.invoices.find(ownerId, invoice.id)
  if (stored === null) throw new Error('their invoice is there')
  const keyId = key.id as ApiKeyId
  await books.delivery.register(scope, { name: 'theirs' }, async () => undefined)
  await books.categories.create(scope, { name: 'Pending' })
  await books.categories.create(scope, { name: 'Skipped' })
  const [subscription] = await adapters.delivery.subscriptions(ownerId)
  if (subscription === undefined) throw new Error('their subscription is there')
  const everything = { subscriptionName: null, status: null, eventType: null }
  const [delivery] = await adapters.delivery.list(ownerId, everything, { after: null, limit: 1 })
  const eventId = delivery?.eventId ?? ''
  await books.delivery.skip(scope, { deliveryId: `${subscription.id}.${eventId}` })
  const records = { category, unusedCategory, expense, invoice: stored, subscription }
  return { ownerId, ...records, eventId, keyId, key: key.key }
}
