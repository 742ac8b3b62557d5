import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The migrated database that every other is a copy of. */
export const TEMPLATE = 'books_template'

/** As the server's superuser, on a connection of its own. */
export async function administer(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.query(text, values)
  } finally {
    await client.end()
  }
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

export interface TestDatabase {
  readonly name: string
  /** The superuser's. */
  readonly url: string
  /** Of a role that can log in, is a member of daftari_app and nothing else. */
  readonly plainUrl: string
  /** Any statement, as the superuser. */
  query(text: string, values?: unknown[]): Promise<pg.QueryResult>
  /** How many connections others hold on it. */
  connections(): Promise<number>
  drop(): Promise<void>
}

/** A copy of the template; with `template0`, an empty database. */
export async function createDatabase(serverUrl: string, template: string = TEMPLATE): Promise<TestDatabase> {
  const name = `books_${randomBytes(6).toString('hex')}`
  const url = databaseUrl(serverUrl, name)
  const query = (text: string, values?: unknown[]) => administer(url, text, values)
  await administer(serverUrl, `create database ${name} template ${template}`)
  return {
    name,
    url,
    plainUrl: plain(url),
    query,
    async connections() {
      const { rows } = await administer(
        serverUrl,
        'select count(*)::integer as others from pg_stat_activity where datname = $1',
        [name],
      )
      return rows[0]?.others
    },
    async drop() {
      await administer(serverUrl, `drop database ${name} with (force)`)
    },
  }
}

const PLAIN = 'books_user'

function plain(url: string): string {
  const changed = new URL(url)
  changed.username = PLAIN
  changed.password = PLAIN
  return changed.href
}

/** The role is the whole server's. */
export async function createPlainRole(serverUrl: string): Promise<void> {
  await administer(serverUrl, `create role ${PLAIN} login password '${PLAIN}' in role daftari_app`)
}
