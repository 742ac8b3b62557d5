import { MigrationRefused, migrateUp, migrationStatus } from '@daftari/adapters-postgres'
import type { OpenDatabase } from './open-database.ts'

/**
 * Applies the migrations that are missing, and numbers loaded events anew. Gives a sentence for each thing that it did.
 * @throws MigrationRefused, unavailable, overloaded
 */
export async function bringUpToDate({
  systemConnectionString: connectionString,
}: OpenDatabase): Promise<readonly string[]> {
  const done: string[] = []
  try {
    const applied = await migrateUp({
      connectionString,
      onRenumbered: (count) => done.push(renumbered(count)),
    })
    return [...applied.map((name) => `Applied the migration ${name}.`), ...done]
  } catch (refusal) {
    if (!(refusal instanceof MigrationRefused)) throw refusal
    // A login that may not change the schema will do where nothing has to be changed.
    const steps = await migrationStatus({ connectionString })
    if (steps.some(({ isApplied }) => !isApplied)) throw refusal
    return []
  }
}

/** What followers of the feed have to be told. */
export function renumbered(events: number): string {
  const whose = events === 1 ? 'their 1 event' : `their ${events} events`
  return `The books were loaded from a dump: ${whose} got new numbers, and cursors of the feed from before are refused.`
}
