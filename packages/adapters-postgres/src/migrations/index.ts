import { booksMigration } from './0001-books.ts'
import { wallsMigration } from './0002-walls.ts'
import { largeBooksMigration } from './0003-large-books.ts'
import { invoiceWalksMigration } from './0004-invoice-walks.ts'
import { deliveryMigration } from './0005-delivery.ts'
import type { Migration } from './migration.ts'

/** Every step in order. A static list, so that bundlers see it. */
export const migrations: readonly Migration[] = [
  booksMigration,
  wallsMigration,
  largeBooksMigration,
  invoiceWalksMigration,
  deliveryMigration,
]
