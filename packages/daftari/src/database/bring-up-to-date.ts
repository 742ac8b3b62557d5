import { MigrationRefused, migrateUp, migrationStatus } from '@daftari/adapters-postgres'
import type { OpenDatabase } from './open-database.ts'

/**
 * Applies the missing migrations, and renumbers events that were restored from a dump. Returns one sentence for each
 * thing that it did.
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
    // A login without the permission to change the schema is enough when no migration is missing.
    const steps = await migrationStatus({ connectionString })
    if (steps.some(({ isApplied }) => !isApplied)) throw refusal
    return []
  }
}

/** A sentence for readers of the feed, because their older cursors became invalid. */
export function renumbered(events: number): string {
  const renumberedEvents = events === 1 ? 'their 1 event' : `their ${events} events`
  return `The books were restored from a dump: ${renumberedEvents} got new numbers, and older cursors of the feed are refused.`
}
