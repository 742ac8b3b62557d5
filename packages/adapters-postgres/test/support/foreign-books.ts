import { createBooks } from '@daftari/application'
import type { ApiKeyId, AttachmentId, Category, Expense, Invoice, Subscription } from '@daftari/domain'
import {
  aCategory,
  aCategoryInput,
  anAttachment,
  anExpense,
  anInvoiceInput,
  aPaymentInput,
  freshId,
} from '@daftari/testing'
import type { PostgresAdapters } from '../../src/index.ts'

/** What an owner has, of everything something. */
export interface ForeignBooks {
  readonly ownerId: string
  readonly category: Category
  readonly unusedCategory: Category
  readonly expense: Expense
  readonly invoice: Invoice
  readonly fileId: AttachmentId
  readonly subscription: Subscription
  readonly eventId: string
  readonly keyId: ApiKeyId
  readonly key: string
}

const NOBODY = { actorId: 'a-tester', idempotency: null }

/** Writes the books of another owner. */
export async function writeForeignBooks(adapters: PostgresAdapters): Promise<ForeignBooks> {
  const ownerId = freshId()
  const scope = { ownerId, actorId: 'a-tester' }
  const books = createBooks(adapters)
  const [category, unusedCategory, file] = [aCategory(), aCategory(), anAttachment()]
  const expense = anExpense({ categoryId: category.id, description: 'Diesel' })
  await adapters.unitOfWork.transact({ ownerId, ...NOBODY }, async (tx) => {
    tx.categories.insert(category)
    tx.categories.insert(unusedCategory)
    tx.expenses.insert(expense)
    tx.attachments.insert(file)
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
  return { ownerId, ...records, fileId: file.id, eventId, keyId, key: key.key }
}
