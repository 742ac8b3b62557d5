import { writeFile } from 'node:fs/promises'
import { startTemporaryPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { migrateUp } from '../src/index.ts'
import { readSchema } from './read-schema.ts'

const HEADING =
  '-- What the migrations make, read from the catalogue by scripts/dump-schema.ts. A test compares.\n\n'

const server = await startTemporaryPostgres()
try {
  const { connectionString } = server
  await migrateUp({ connectionString })
  const client = new pg.Client({ connectionString })
  await client.connect()
  const schema = await readSchema(client)
  await client.end()
  await writeFile(new URL('../schema.sql', import.meta.url), HEADING + schema)
  console.error('wrote schema.sql')
} finally {
  await server.stop()
}
