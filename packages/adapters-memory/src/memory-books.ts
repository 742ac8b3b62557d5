import { defaultSettings, type Settings } from '@daftari/domain'
import { type AccessBooks, accessBooks } from './access/books.ts'
import { type DeliveryBooks, deliveryBooks } from './delivery/books.ts'
import { type FilesBooks, filesBooks } from './files/books.ts'
import { type HistoryBooks, historyBooks } from './history/books.ts'
import type { IdempotencyBooks } from './kernel/idempotency.ts'
import { Table } from './kernel/table.ts'
import { type PayablesBooks, payablesBooks } from './payables/books.ts'
import { type SettingsBooks, settingsBooks } from './settings/books.ts'
import { type SpendingBooks, spendingBooks } from './spending/books.ts'

/** Everything that one owner has, in the tables of all contexts. */
export interface MemoryBooks
  extends SpendingBooks,
    PayablesBooks,
    FilesBooks,
    SettingsBooks,
    AccessBooks,
    HistoryBooks,
    DeliveryBooks,
    IdempotencyBooks {}

function emptyBooks(): MemoryBooks {
  return {
    ...spendingBooks(),
    ...payablesBooks(),
    ...filesBooks(),
    ...settingsBooks(),
    ...accessBooks(),
    ...historyBooks(),
    ...deliveryBooks(),
    results: new Table(),
  }
}

type Tables = Readonly<Record<string, Table<unknown>>>

export function forkBooks(books: MemoryBooks): MemoryBooks {
  const tables: Tables = { ...books }
  const forks = Object.entries(tables).map(([name, table]) => [name, table.fork()])
  return Object.fromEntries(forks)
}

export function absorbBooks(books: MemoryBooks, fork: MemoryBooks): void {
  const [tables, forks]: readonly [Tables, Tables] = [{ ...books }, { ...fork }]
  for (const [name, table] of Object.entries(tables)) {
    const changed = forks[name]
    if (changed !== undefined) table.absorb(changed)
  }
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
