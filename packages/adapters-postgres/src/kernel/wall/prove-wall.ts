import type { Pool, PoolClient } from 'pg'
import { MigrationRefused, refuseLoadedEvents, refuseOtherSchema } from '../migrate/applied-steps.ts'
import { acquire } from '../session/connections.ts'
import { databaseError, serverError } from '../session/postgres-errors.ts'

/** Row level security does not separate the owners. The message says what to do. */
export class WallNotProven extends Error {}

const FORBIDDEN = '42501'

const RESTRICTED = `select rolsuper or rolbypassrls as may_bypass from pg_roles where rolname = 'daftari_app'`

/** The tables where a row can be visible that the policy `own_rows` does not allow. */
const OPEN_TABLES = `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'daftari' and c.relkind in ('r', 'p') and c.relname <> 'migration' and not (
    c.relrowsecurity and c.relforcerowsecurity
    and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_rows' and p.polcmd = '*'
      and pg_get_expr(p.polqual, c.oid) like '%current_owner()%'
      and pg_get_expr(p.polwithcheck, c.oid) like '%current_owner()%')
    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname <> 'own_rows' and p.polpermissive
      and (0 = any (p.polroles) or 'daftari_app'::regrole = any (p.polroles))))
  order by c.relname`

/** Whether the login can bypass row level security, also by being a member of the role that owns the tables. */
const LOGIN = `select r.rolname as login, r.rolsuper or r.rolbypassrls or exists (
      select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'daftari' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'usage')
    ) as may_bypass, pg_has_role(r.oid, 'daftari_app', 'usage') as is_member
  from pg_roles r where r.rolname = current_user`

/**
 * Checks row level security. Returns whether transactions must set the restricted role, because the login itself is not
 * restricted. `isWritten` is false for a replica of views: the check of the numbers of events is skipped there, because
 * a logical replica counts transactions by itself.
 * @throws WallNotProven, when row level security would not hold either way; MigrationRefused; unavailable
 */
export async function proveWall(pool: Pool, isWritten = true): Promise<boolean> {
  const client = await acquire(pool)
  try {
    await refuseUnrestrictedRole(client)
    const needsRole = await mustPutOnRole(client)
    await client.query(needsRole ? 'begin; set local role daftari_app' : 'begin')
    await refuseOtherSchema(client)
    if (isWritten) await refuseLoadedEvents(client)
    await client.query('rollback')
    await refuseOpenTables(client)
    client.release()
    return needsRole
  } catch (error) {
    client.release(true)
    throw error instanceof WallNotProven || error instanceof MigrationRefused ? error : databaseError(error)
  }
}

async function refuseUnrestrictedRole(client: PoolClient): Promise<void> {
  const { rows } = await client.query(RESTRICTED)
  if (rows[0] === undefined)
    throw new WallNotProven('the role daftari_app is missing; run: daftari migrate up')
  if (rows[0].may_bypass === false) return
  throw new WallNotProven(
    'the role daftari_app can bypass row level security; run as an administrator: alter role daftari_app nosuperuser nobypassrls',
  )
}

/** Tries `set role` instead of reading the catalogue, because PostgreSQL versions store memberships differently. */
async function mustPutOnRole(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query(LOGIN)
  const { login, may_bypass: mayBypass, is_member: isMember } = rows[0] ?? {}
  if (mayBypass === false && isMember === true) return false
  try {
    await client.query('begin; set local role daftari_app; rollback')
    return true
  } catch (error) {
    if (serverError(error)?.code !== FORBIDDEN) throw error
    const reason = mayBypass === true ? 'can bypass row level security and ' : ''
    throw new WallNotProven(
      `${login} ${reason}cannot become daftari_app; run as an administrator: grant daftari_app to ${login}`,
      { cause: error },
    )
  }
}

async function refuseOpenTables(client: PoolClient): Promise<void> {
  const { rows } = await client.query(OPEN_TABLES)
  if (rows.length === 0) return
  const names = rows.map(({ relname }) => relname).join(', ')
  throw new WallNotProven(
    `row level security is not effective on ${names}; undo the change of the schema, or restore the schema as in schema.sql`,
  )
}
