export { checkInvariants, type Invariant, type Violation } from './invariants/check-invariants.ts'
export type { SystemOptions } from './invariants/each-books.ts'
export { MigrationRefused } from './migrations/applied-steps.ts'
export {
  type MigrationState,
  migrateDown,
  migrateUp,
  migrationStatus,
} from './migrations/migrate.ts'
export { createPostgresAdapters, type PostgresAdapters, type PostgresOptions } from './postgres-adapters.ts'
export { WallNotProven } from './wall/prove-wall.ts'
