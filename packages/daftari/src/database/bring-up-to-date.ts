import { MigrationRefused, migrateUp, migrationStatus } from '@daftari/adapters-postgres'
import type { OpenDatabase } from './open-database.ts'

/** Applies the migrations that are missing, and says which. @throws MigrationRefused, unavailable, overloaded */
export async function bringUpToDate({
  systemConnectionString: connectionString,
}: OpenDatabase): Promise<readonly string[]> {
  try {
    return await migrateUp({ connectionString })
  } catch (refusal) {
    if (!(refusal instanceof MigrationRefused)) throw refusal
    // A login that may not change the schema will do where nothing has to be changed.
    const steps = await migrationStatus({ connectionString })
    if (steps.some(({ isApplied }) => !isApplied)) throw refusal
    return []
  }
}
