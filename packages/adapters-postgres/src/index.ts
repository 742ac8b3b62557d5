export { checkInvariants, type Invariant, type Violation } from './kernel/invariants/check-invariants.ts'
export type { SystemOptions } from './kernel/invariants/each-books.ts'
export { MigrationRefused } from './kernel/migrate/applied-steps.ts'
export {
  type MigrationState,
  migrateDown,
  migrateUp,
  migrationStatus,
  refuseLoadedBooks,
} from './kernel/migrate/migrate.ts'
export { WallNotProven } from './kernel/wall/prove-wall.ts'
export { createPostgresAdapters, type PostgresAdapters, type PostgresOptions } from './postgres-adapters.ts'
