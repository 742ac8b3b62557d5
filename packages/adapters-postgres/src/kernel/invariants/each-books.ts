import pg from 'pg'
import { connectionError, databaseError } from '../session/postgres-errors.ts'

export interface SystemOptions {
  /** As the owner of the schema or above, not as the application. */
  readonly connectionString: string
}

const BYPASSES = 'select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user'
const OWNERS = 'select id from daftari.owner order by id'

/**
 * Does the work in one transaction over all books at once, where the login sees them all; else in one for each
 * owner, since row level security holds for the owner of the schema too.
 */
export async function eachBooks(
  { connectionString }: SystemOptions,
  begin: string,
  work: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw connectionError(error)
  })
  try {
    for (const ownerId of await ownersFor(client)) {
      await client.query(begin)
      await client.query(`select set_config('app.owner_id', $1, true)`, [ownerId])
      await work(client)
      await client.query('commit')
    }
  } catch (error) {
    throw databaseError(error)
  } finally {
    await client.end()
  }
}

/** Nobody's name stands for all. */
async function ownersFor(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query(BYPASSES)
  if (rows[0]?.bypasses === true) return ['']
  const owners = await client.query(OWNERS)
  return owners.rows.map(({ id }) => id)
}
