import pg from 'pg'
import { connectionError, databaseError } from '../session/postgres-errors.ts'

export interface SystemOptions {
  /** The connection string of the owner of the schema or a superuser, not of the application. */
  readonly connectionString: string
}

/** Thrown when the login cannot see the rows of all owners, because it would report no violations. */
class SchemaNotOwned extends Error {
  constructor() {
    super(
      'this login does not see the rows of all owners; set DATABASE_SYSTEM_URL to a login that owns the schema',
    )
  }
}

const BYPASSES = 'select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user'
const OWNERS = 'select id from daftari.owner order by id'
const IS_OWNER = `select pg_has_role(relowner, 'usage') as is_owner from pg_class where oid = 'daftari.event'::regclass`

/**
 * Runs the work once for all owners when the login bypasses row level security. Otherwise runs it once for each owner,
 * because row level security also applies to the owner of the schema. That login sees the records of the current owner
 * only, but the events and deliveries of all owners. Therefore the work gets the id of the owner and must filter by it;
 * `null` means all owners.
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
