// npm run books -- --rows 1e5

import { parseArgs } from 'node:util'
import { findRunningPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { generateBooks } from './books/generate-books.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const LEAST_ROWS = 100

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1e4' },
    owner: { type: 'string' },
    seed: { type: 'string', default: '1' },
    until: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
})
const [rows, seed] = [Number(values.rows), Number(values.seed)]
const { owner, until } = values
const isSound =
  Number.isSafeInteger(rows) &&
  rows >= LEAST_ROWS &&
  Number.isSafeInteger(seed) &&
  seed >= 0 &&
  (owner === undefined || UUID.test(owner)) &&
  !Number.isNaN(Date.parse(until))

if (isSound) await generate()
else fail('npm run books -- [--rows 1e4] [--owner <id>] [--seed 1] [--until YYYY-MM-DD]')

/** Into the configured database, or that of the service which runs on the data directory; both are migrated already. */
async function generate(): Promise<void> {
  const { DATABASE_SYSTEM_URL, DATABASE_URL, DAFTARI_DATA_DIR = '.daftari' } = process.env
  const connectionString =
    DATABASE_SYSTEM_URL ?? DATABASE_URL ?? (await findRunningPostgres({ dataDir: DAFTARI_DATA_DIR }))
  if (connectionString === null) {
    return fail(`No service runs on ${DAFTARI_DATA_DIR}: start one with npm start, or give DATABASE_URL.`)
  }
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const plan = { rows, seed, until, hasEvents: true, ...(owner === undefined ? {} : { ownerId: owner }) }
    await generateBooks(client, plan, (line) => console.error(line))
    console.log(`${rows} expenses and ${Math.floor(rows / 10)} invoices, with their history`)
  } finally {
    await client.end()
  }
}

function fail(reason: string): void {
  console.error(reason)
  process.exitCode = 2
}
