import { type Attachment, type AttachmentId, formatInstant, instant } from '@daftari/domain'
import {
  type CreateInvoiceInput,
  EVENT_TYPES,
  type EventView,
  type InvoiceFilter,
  type InvoiceView,
} from '../../src/index.ts'
import { NOWHERE, type OpenBooks, openBooks, tzs } from './open-books.ts'

/** A bill of 100 shillings that is due in 14 days, unless told otherwise. */
export function bill(given: Partial<CreateInvoiceInput> = {}): CreateInvoiceInput {
  return {
    supplier: { name: 'Tanesco' },
    number: 'INV-1',
    dueDate: '2026-12-05',
    total: tzs('100'),
    ...given,
  }
}

export interface BooksWithInvoice extends OpenBooks {
  readonly invoice: InvoiceView
}

export async function booksWithInvoice(given: Partial<CreateInvoiceInput> = {}): Promise<BooksWithInvoice> {
  const opened = openBooks()
  return { ...opened, invoice: await opened.books.invoices.create(opened.scope, bill(given)) }
}

/** Pays a part of the invoice, whichever version it has, by bank, today. */
export function pay({ books, scope, invoice }: BooksWithInvoice, amount: string): Promise<InvoiceView> {
  const body = { amount: tzs(amount), paidOn: '2026-11-21', method: 'bank' } as const
  return books.invoices.recordPayment(scope, { invoiceId: invoice.id }, body)
}

/** A file that was stored and waits for a record, for a day. */
export async function stageFile(
  { ports, clock }: OpenBooks,
  { ownerId, actorId }: OpenBooks['scope'],
  given: Partial<Attachment> = {},
): Promise<AttachmentId> {
  const now = clock.now()
  const file: Attachment = {
    id: ports.ids.next<AttachmentId>(),
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 5,
    sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    state: 'staged',
    expiresAt: instant(now + 24 * 60 * 60 * 1000),
    storeId: NOWHERE,
    createdAt: now,
    createdBy: actorId,
    updatedAt: now,
    ...given,
  }
  await ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, async (tx) => {
    tx.attachments.insert(file)
    tx.events.append([
      {
        type: 'attachment.stored',
        aggregateType: 'attachment',
        aggregateId: file.id,
        version: 1,
        at: now,
        before: null,
        after: file,
      },
    ])
  })
  return file.id
}

/** What the books know of a file. */
export async function fileOf(
  { ports }: OpenBooks,
  { ownerId, actorId }: OpenBooks['scope'],
  id: AttachmentId,
): Promise<{ state: string; expiresAt: string | null; updatedAt: string } | null> {
  const scope = { ownerId, actorId, idempotency: null }
  const [file] = await ports.unitOfWork.transact(scope, (tx) => tx.attachments.findMany([id]))
  if (file === undefined) return null
  const { state, expiresAt, updatedAt } = file
  return {
    state,
    expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
    updatedAt: formatInstant(updatedAt),
  }
}

const everything = { after: null, limit: 1_000_000 }
const any: InvoiceFilter = {
  statuses: [],
  levels: [],
  isOverdue: null,
  numberKey: null,
  supplierWords: [],
  dueFrom: null,
  dueTo: null,
  words: [],
}

/** All invoices, settings and events of both owners, as they are stored. */
export async function invoiceState({ ports, scope, stranger }: OpenBooks): Promise<unknown> {
  const { invoices, feed, settings } = ports.queries
  const day = {
    today: '2026-11-21',
    days: { critical: 7, high: 14, medium: 30 },
  } as unknown as Parameters<typeof invoices.list>[4]
  return Promise.all(
    [scope.ownerId, stranger.ownerId].map(async (ownerId) => ({
      settings: await settings.get(ownerId),
      invoices: await invoices.list(ownerId, any, 'dueDate', everything, day),
      events: await feed.list(ownerId, { ...everything, types: EVENT_TYPES }),
    })),
  )
}

/** Every event of the owner that others may hear of, oldest first, read in pages of 100. */
export async function everyEvent(
  { books }: Pick<OpenBooks, 'books'>,
  scope: OpenBooks['scope'],
): Promise<EventView[]> {
  const events: EventView[] = []
  let page = await books.history.feed(scope, { limit: 100 })
  while (page.data.length > 0) {
    events.push(...page.data)
    page = await books.history.feed(scope, { limit: 100, after: page.nextCursor })
  }
  return events
}
