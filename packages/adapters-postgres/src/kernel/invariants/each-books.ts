import pg from 'pg'
import { connectionError, databaseError } from '../session/postgres-errors.ts'

export interface SystemOptions {
  /** As the owner of the schema or above, not as the application. */
  readonly connectionString: string
}

/** Thrown because a login that sees no rows would report no violation. */
class SchemaNotOwned extends Error {
  constructor() {
    super(
      'this login does not see the books of all owners; name the owner of the schema in DATABASE_SYSTEM_URL',
    )
  }
}

const BYPASSES = 'select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user'
const OWNERS = 'select id from daftari.owner order by id'
const IS_OWNER = `select pg_has_role(relowner, 'usage') as is_owner from pg_class where oid = 'daftari.event'::regclass`

/**
 * Does the work in one transaction over all books at once, where the login sees them all; else in one for each
 * owner, since row level security holds for the owner of the schema too. That one sees every owner's events and
 * deliveries, and the records of the owner that is set, so the work says whose rows it means: `null` stands for all.
 */
export async function eachBooks(
  { connectionString }: SystemOptions,
  begin: string,
  work: (client: pg.ClientBase, ownerId: string | null) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw connectionError(error)
  })
  try {
    for (const ownerId of await ownersFor(client)) {
      await client.query(begin)
      await client.query(`select set_config('app.owner_id', $1, true)`, [ownerId ?? ''])
      await work(client, ownerId)
      await client.query('commit')
    }
  } catch (error) {
    throw error instanceof SchemaNotOwned ? error : databaseError(error)
  } finally {
    await client.end()
  }
}

async function ownersFor(client: pg.Client): Promise<readonly (string | null)[]> {
  const { rows } = await client.query(BYPASSES)
  if (rows[0]?.bypasses === true) return [null]
  if ((await client.query(IS_OWNER)).rows[0]?.is_owner !== true) throw new SchemaNotOwned()
  const owners = await client.query(OWNERS)
  return owners.rows.map(({ id }) => id)
}
