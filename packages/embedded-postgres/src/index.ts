export { type DataDirLock, lockDataDir } from './data-dir/lock-data-dir.ts'
export type { LockHolder } from './data-dir/lock-holder.ts'
export {
  type EmbeddedPostgresError,
  type EmbeddedPostgresErrorCode,
  isEmbeddedPostgresError,
} from './embedded-postgres-error.ts'
export { findRunningPostgres } from './find-running-postgres.ts'
export type { ServerExit } from './server/start-server.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts'
export { startTemporaryPostgres, type TemporaryPostgresOptions } from './start-temporary-postgres.ts'
export { stopWhenNpmIsGone } from './stop-when-npm-is-gone.ts'
