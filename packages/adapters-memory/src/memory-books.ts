import { defaultSettings, type Settings } from '@daftari/domain'
import { type AccessBooks, accessBooks } from './access/books.ts'
import { type DeliveryBooks, deliveryBooks } from './delivery/books.ts'
import { type HistoryBooks, historyBooks } from './history/books.ts'
import type { IdempotencyBooks } from './kernel/idempotency.ts'
import { OwnTables } from './kernel/own-tables.ts'
import { Table } from './kernel/table.ts'
import { type SettingsBooks, settingsBooks } from './settings/books.ts'
import { type SpendingBooks, spendingBooks } from './spending/books.ts'

/** The rows of one owner: tables that several contexts use, and tables of a single context. */
export interface MemoryBooks
  extends SpendingBooks,
    SettingsBooks,
    AccessBooks,
    HistoryBooks,
    DeliveryBooks,
    IdempotencyBooks {
  readonly own: OwnTables
}

function emptyBooks(): MemoryBooks {
  return {
    ...spendingBooks(),
    ...settingsBooks(),
    ...accessBooks(),
    ...historyBooks(),
    ...deliveryBooks(),
    results: new Table(),
    own: new OwnTables(),
  }
}

type Tables = Readonly<Record<string, Table<unknown> | OwnTables>>

export function forkBooks(books: MemoryBooks): MemoryBooks {
  const tables: Tables = { ...books }
  const forks = Object.entries(tables).map(([name, table]) => [name, table.fork()])
  return Object.fromEntries(forks)
}

export function absorbBooks(books: MemoryBooks, fork: MemoryBooks): void {
  const [tables, forks]: readonly [Tables, Tables] = [{ ...books }, { ...fork }]
  for (const [name, table] of Object.entries(tables)) {
    const changed = forks[name]
    if (table instanceof OwnTables && changed instanceof OwnTables) table.absorb(changed)
    if (table instanceof Table && changed instanceof Table) table.absorb(changed)
  }
}

export function settingsOf(books: MemoryBooks, ownerId: string): Settings {
  return books.settings.get(ownerId) ?? defaultSettings(ownerId, books.owners.get(ownerId)?.timeZone)
}

/** The books of all owners. The books of an owner are created on first use. */
export interface MemoryStore {
  (ownerId: string): MemoryBooks
  /** The books of all owners that were used so far. */
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
