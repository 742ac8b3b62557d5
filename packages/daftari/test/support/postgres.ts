import { migrateUp } from '@daftari/adapters-postgres'
import { type EmbeddedPostgres, startTemporaryPostgres } from '@daftari/embedded-postgres'
import { Client } from 'pg'
import { afterAll, beforeAll } from 'vitest'

/** One statement on a connection of its own; gives its rows. */
export async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

interface Databases {
  /** An empty database of its own, as its owner sees it. */
  create(): Promise<string>
  /** One with the schema of the books. */
  createMigrated(): Promise<string>
}

/** A server for the tests of the file. */
export function databases(): Databases {
  let server: EmbeddedPostgres | undefined
  let count = 0
  beforeAll(async () => {
    server = await startTemporaryPostgres()
  })
  afterAll(() => server?.stop())

  async function create(): Promise<string> {
    if (server === undefined) throw new Error('the server is not started yet')
    count += 1
    await query(server.connectionString, `create database books_${count}`)
    return at(server.connectionString, { pathname: `/books_${count}` })
  }

  return {
    create,
    async createMigrated() {
      const connectionString = await create()
      await migrateUp({ connectionString })
      return connectionString
    },
  }
}

/** The same address with a part of it changed. */
export function at(
  url: string,
  parts: Partial<Pick<URL, 'pathname' | 'username' | 'password' | 'port'>>,
): string {
  return Object.assign(new URL(url), parts).href
}
