import * as contexts from './context-list.ts'
import type { Migration } from './kernel/migrate/migration.ts'
import { booksMigration } from './kernel/migrations/0001-books.ts'
import { wallsMigration } from './kernel/migrations/0002-walls.ts'
import { largeBooksMigration } from './kernel/migrations/0003-large-books.ts'

const ofContexts = Object.values(contexts).flatMap(({ migrations = [] }) => migrations)

/** All migrations of all contexts, sorted by number. The list is static, so that bundlers can see it. */
export const migrations: readonly Migration[] = [
  booksMigration,
  wallsMigration,
  largeBooksMigration,
  ...ofContexts,
].toSorted((one, other) => numberOf(one) - numberOf(other))

function numberOf({ name }: Migration): number {
  return Number(name.slice(0, name.indexOf('-')))
}
