import type { ClientBase } from 'pg'
import { migrations } from '../../migrations.ts'
import { serverError } from '../session/postgres-errors.ts'

/** The schema does not fit this version, or cannot be migrated. The message says what to do. */
export class MigrationRefused extends Error {}

const NO_SCHEMA = '3F000'
const NO_TABLE = '42P01'
const FORBIDDEN = '42501'

/** The names of the applied migrations. @throws MigrationRefused, when the database has a migration that this version does not know */
export async function appliedSteps(client: ClientBase): Promise<ReadonlySet<string>> {
  const known = new Set(migrations.map(({ name }) => name))
  const result = await client.query('select name from daftari.migration order by name')
  const applied = result.rows.map(({ name }) => String(name))
  const newer = applied.filter((name) => !known.has(name))
  if (newer.length > 0) {
    throw new MigrationRefused(
      `the database has the migrations ${newer.join(', ')}, which this version does not know; use a newer version`,
    )
  }
  return new Set(applied)
}

/** @throws MigrationRefused, when the schema is not the one that this version was written for */
export async function refuseOtherSchema(client: ClientBase): Promise<void> {
  const applied = await appliedSteps(client).catch((error: unknown) => {
    const code = serverError(error)?.code
    if (code === NO_SCHEMA || code === NO_TABLE) return new Set<string>()
    if (code !== FORBIDDEN) throw error
    throw new MigrationRefused(
      'the role daftari_app has no access to the schema, so migrations are missing; run: daftari migrate up',
      { cause: error },
    )
  })
  const missing = migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name)
  if (missing.length > 0) {
    throw new MigrationRefused(
      `the database lacks the migrations ${missing.join(', ')}; run: daftari migrate up`,
    )
  }
}

/** @throws MigrationRefused, when the books came out of a dump and their events have numbers of another server */
export async function refuseLoadedEvents(client: ClientBase): Promise<void> {
  const { rows } = await client.query('select daftari.has_loaded_events() as has_loaded')
  if (rows[0]?.has_loaded !== true) return
  throw new MigrationRefused(
    'the books were restored from a dump, and their events still have the numbers of the other server; run: daftari migrate up',
  )
}
