import { type EmbeddedPostgres, startTemporaryPostgres } from '@daftari/embedded-postgres'
import type { TestProject } from 'vitest/node'
import { migrateUp } from '../../src/index.ts'
import { administer, createPlainRole, databaseUrl, TEMPLATE } from './databases.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's, of the server that the whole run shares. */
    readonly serverUrl: string
  }
}

let server: EmbeddedPostgres | null = null

/** One server for all files, with a migrated database to copy. */
export async function setup(project: TestProject): Promise<void> {
  server = await startServer()
  project.provide('serverUrl', server.connectionString)
}

export async function teardown(): Promise<void> {
  await server?.stop()
}

/** Autovacuum stands still: its transactions would hold back what the feed shows. */
export async function startServer(): Promise<EmbeddedPostgres> {
  const started = await startTemporaryPostgres({ settings: { max_connections: '200', autovacuum: 'off' } })
  const { connectionString } = started
  await administer(connectionString, `create database ${TEMPLATE}`)
  await migrateUp({ connectionString: databaseUrl(connectionString, TEMPLATE) })
  await createPlainRole(connectionString)
  return started
}
