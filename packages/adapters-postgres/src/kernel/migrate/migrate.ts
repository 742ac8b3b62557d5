import pg from 'pg'
import { migrations } from '../../migrations.ts'
import {
  connectionError,
  databaseError,
  LOCK_NOT_AVAILABLE,
  serverError,
} from '../session/postgres-errors.ts'
import { appliedSteps, MigrationRefused, refuseLoadedEvents } from './applied-steps.ts'
import { renumberLoadedEvents } from './renumber-events.ts'

export interface MigrationState {
  readonly name: string
  readonly isApplied: boolean
}

interface MigrateOptions {
  /** The connection string of the owner of the schema, not of the application. */
  readonly connectionString: string
  /** How long to wait for another process that migrates, in milliseconds (60,000). */
  readonly lockTimeoutMs?: number
}

interface MigrateUpOptions extends MigrateOptions {
  /** Called with the number of events when all events got new numbers because the books were restored from a dump. */
  readonly onRenumbered?: (events: number) => void
}

const FORBIDDEN = '42501'

/** The number of the advisory lock. Any number works, if all versions use the same. */
const LOCK = 7_265_201

const PREPARE = `create schema if not exists daftari;
  create table if not exists daftari.migration (
    name text constraint migration_pk primary key, applied_at timestamptz not null default now())`

/**
 * Applies the missing migrations and returns their names. When the books were restored from a dump of another server,
 * it also grants the rights of the restricted role again and renumbers the events. Concurrent calls wait for one
 * another. @throws MigrationRefused
 */
export async function migrateUp(options: MigrateUpOptions): Promise<readonly string[]> {
  const { applied, renumbered } = await underLock(options, bringUp)
  if (renumbered !== null) options.onRenumbered?.(renumbered)
  return applied
}

interface BroughtUp {
  readonly applied: readonly string[]
  /** The number of events that got new numbers; `null` when none needed one. */
  readonly renumbered: number | null
}

async function bringUp(client: pg.Client): Promise<BroughtUp> {
  const known = await appliedSteps(client)
  await restoreRights(client, known)
  const missing = migrations.filter(({ name }) => !known.has(name))
  for (const { name, up } of missing) {
    await client.query(up)
    await client.query('insert into daftari.migration (name) values ($1)', [name])
  }
  return { applied: missing.map(({ name }) => name), renumbered: await renumberLoadedEvents(client) }
}

const IS_LET_IN = `select from pg_roles where rolname = 'daftari_app'
  and has_schema_privilege(oid, 'daftari', 'usage')`

/**
 * Grants the rights of the restricted role again. A dump contains no roles, so after a restore into a server without
 * that role its rights are missing, and the rights of `public` are not revoked.
 */
async function restoreRights(client: pg.Client, applied: ReadonlySet<string>): Promise<void> {
  const given = migrations.filter(({ name, rights }) => rights !== undefined && applied.has(name))
  if (given.length === 0 || (await client.query(IS_LET_IN)).rowCount === 1) return
  for (const { rights } of given) await client.query(rights ?? '')
}

/** Undoes every migration after `to`; with `null`, all migrations. */
export async function migrateDown(options: MigrateOptions, to: string | null): Promise<readonly string[]> {
  if (to !== null && !migrations.some(({ name }) => name === to)) {
    throw new MigrationRefused(
      `there is no migration ${to}; there are ${migrations.map(({ name }) => name).join(', ')}`,
    )
  }
  return underLock(options, async (client) => {
    const applied = await appliedSteps(client)
    const undone = migrations
      .filter(({ name }) => applied.has(name) && (to === null || name > to))
      .toReversed()
    for (const { name, down } of undone) {
      await client.query(down)
      await client.query('delete from daftari.migration where name = $1', [name])
    }
    return undone.map(({ name }) => name)
  })
}

/** Lists all migrations and whether each is applied. Changes nothing. @throws MigrationRefused */
export async function migrationStatus({
  connectionString,
}: MigrateOptions): Promise<readonly MigrationState[]> {
  const client = await connect(connectionString)
  try {
    const there = await client.query(`select to_regclass('daftari.migration') is not null as is_there`)
    const applied = there.rows[0]?.is_there === true ? await appliedSteps(client) : new Set<string>()
    return migrations.map(({ name }) => ({ name, isApplied: applied.has(name) }))
  } finally {
    await client.end()
  }
}

/** @throws MigrationRefused, when the books were restored from a dump and not migrated since; unavailable */
export async function refuseLoadedBooks({ connectionString }: MigrateOptions): Promise<void> {
  const client = await connect(connectionString)
  try {
    await refuseLoadedEvents(client)
  } finally {
    await client.end()
  }
}

/** Runs the work in one transaction, so that a crash in the middle leaves the old schema unchanged. */
async function underLock<Result>(
  { connectionString, lockTimeoutMs = 60_000 }: MigrateOptions,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await connect(connectionString)
  try {
    await client.query(`begin; set local lock_timeout = ${lockTimeoutMs}`)
    await client.query(`select pg_advisory_xact_lock(${LOCK})`)
    await client.query(PREPARE)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    throw refusal(error)
  } finally {
    await client.end()
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof MigrationRefused) return error
  const code = serverError(error)?.code
  if (code === LOCK_NOT_AVAILABLE) {
    return new MigrationRefused('the schema is in use, or another process is migrating it; try again later', {
      cause: error,
    })
  }
  if (code === FORBIDDEN) {
    const message =
      'this login cannot change the schema; migrate with the login that owns the schema and can create roles'
    return new MigrationRefused(message, { cause: error })
  }
  return code === undefined ? databaseError(error) : error
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw connectionError(error)
  })
  return client
}
