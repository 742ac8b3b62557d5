import { deliveryMigration } from './delivery/migrations/0005-delivery.ts'
import { subscriptionVersionsMigration } from './delivery/migrations/0007-subscription-versions.ts'
import { deliveryFunctionNamesMigration } from './delivery/migrations/0008-delivery-function-names.ts'
import { epochMigration } from './history/migrations/0006-epoch.ts'
import type { Migration } from './kernel/migrate/migration.ts'
import { booksMigration } from './kernel/migrations/0001-books.ts'
import { wallsMigration } from './kernel/migrations/0002-walls.ts'
import { largeBooksMigration } from './kernel/migrations/0003-large-books.ts'
import { invoiceWalksMigration } from './payables/migrations/0004-invoice-walks.ts'

/** Every step in order. A static list, so that bundlers see it. */
export const migrations: readonly Migration[] = [
  booksMigration,
  wallsMigration,
  largeBooksMigration,
  invoiceWalksMigration,
  deliveryMigration,
  epochMigration,
  subscriptionVersionsMigration,
  deliveryFunctionNamesMigration,
]
