import type { EventRecord } from '@daftari/application'
import {
  type ApiKey,
  type Attachment,
  type Category,
  defaultSettings,
  type Expense,
  type Instant,
  type Invoice,
  type Owner,
  type Settings,
} from '@daftari/domain'
import type { StoredDelivery, StoredSubscription } from './stored-delivery.ts'
import { Table } from './table.ts'

export interface StoredResult {
  readonly fingerprint: string
  readonly result: string
  readonly expiresAt: number
}

/** A key with what is kept beside it. */
export interface StoredApiKey {
  readonly id: string
  readonly version: number
  readonly key: ApiKey
  readonly hash: string
  readonly lastUsedAt: Instant | null
}

/** Everything that one owner has. */
export interface MemoryBooks {
  /** At most one row, under the owner's id. */
  readonly owners: Table<Owner>
  readonly categories: Table<Category>
  readonly expenses: Table<Expense>
  readonly invoices: Table<Invoice>
  readonly attachments: Table<Attachment>
  /** At most one row, under the owner's id. */
  readonly settings: Table<Settings>
  readonly apiKeys: Table<StoredApiKey>
  /** The events of each aggregate, oldest first, by its id. */
  readonly events: Table<readonly EventRecord[]>
  /** All events in the order of their commits, by event id. */
  readonly feed: Table<EventRecord>
  /** What keyed transactions answered, by key. */
  readonly results: Table<StoredResult>
  readonly subscriptions: Table<StoredSubscription>
  /** By subscription and event. */
  readonly deliveries: Table<StoredDelivery>
}

function emptyBooks(): MemoryBooks {
  return {
    owners: new Table(),
    categories: new Table(),
    expenses: new Table(),
    invoices: new Table(),
    attachments: new Table(),
    settings: new Table(),
    apiKeys: new Table(),
    events: new Table(),
    feed: new Table(),
    results: new Table(),
    subscriptions: new Table(),
    deliveries: new Table(),
  }
}

export function forkBooks(books: MemoryBooks): MemoryBooks {
  return {
    owners: books.owners.fork(),
    categories: books.categories.fork(),
    expenses: books.expenses.fork(),
    invoices: books.invoices.fork(),
    attachments: books.attachments.fork(),
    settings: books.settings.fork(),
    apiKeys: books.apiKeys.fork(),
    events: books.events.fork(),
    feed: books.feed.fork(),
    results: books.results.fork(),
    subscriptions: books.subscriptions.fork(),
    deliveries: books.deliveries.fork(),
  }
}

export function absorbBooks(books: MemoryBooks, fork: MemoryBooks): void {
  books.owners.absorb(fork.owners)
  books.categories.absorb(fork.categories)
  books.expenses.absorb(fork.expenses)
  books.invoices.absorb(fork.invoices)
  books.attachments.absorb(fork.attachments)
  books.settings.absorb(fork.settings)
  books.apiKeys.absorb(fork.apiKeys)
  books.events.absorb(fork.events)
  books.feed.absorb(fork.feed)
  books.results.absorb(fork.results)
  books.deliveries.absorb(fork.deliveries)
}

export function settingsOf(books: MemoryBooks, ownerId: string): Settings {
  return books.settings.get(ownerId) ?? defaultSettings(ownerId, books.owners.get(ownerId)?.timeZone)
}

/** All books by owner: any id has books at once. */
export interface MemoryStore {
  (ownerId: string): MemoryBooks
  /** The books that were ever asked for. */
  all(): ReadonlyMap<string, MemoryBooks>
}

export function memoryStore(): MemoryStore {
  const owners = new Map<string, MemoryBooks>()
  function booksOf(ownerId: string): MemoryBooks {
    const books = owners.get(ownerId) ?? emptyBooks()
    owners.set(ownerId, books)
    return books
  }
  return Object.assign(booksOf, { all: () => owners })
}
