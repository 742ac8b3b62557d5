import { contracts, freshId, type Harness, manualClock, runContracts } from '@daftari/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresAdapters } from '../src/index.ts'
import { createDatabase, type TestDatabase } from './support/databases.ts'
import { findPgBouncer, keepsNamedStatements, type PgBouncer, startPgBouncer } from './support/pgbouncer.ts'
import { startServer } from './support/server.ts'

const installed = findPgBouncer()
// Without one every case is skipped, and nobody starts this.
const program = installed ?? { path: 'pgbouncer', version: '0.0' }
const title =
  installed === null
    ? 'through PgBouncer in transaction mode (skipped: PgBouncer is not installed, apt-get install pgbouncer)'
    : `through PgBouncer ${program.version} in transaction mode`

describe.skipIf(installed === null)(title, () => {
  const namedStatements = keepsNamedStatements(program)
  let server: Awaited<ReturnType<typeof startServer>>
  let database: TestDatabase
  let pooler: PgBouncer
  let count = 0

  beforeAll(async () => {
    server = await startServer()
    database = await createDatabase(server.connectionString)
    const logins = [database.url, database.plainUrl].map((url) => new URL(url))
    pooler = await startPgBouncer(
      program,
      database.url,
      logins.map(({ username, password }) => [username, decodeURIComponent(password)] as const),
    )
  })
  afterAll(async () => {
    await pooler.stop()
    await server.stop()
  })

  async function openHarness(): Promise<Harness> {
    const clock = manualClock('2026-11-21T09:00:00.000Z')
    const ports = createPostgresAdapters({
      connectionString: pooler.through(database.plainUrl),
      systemConnectionString: pooler.through(database.url),
      clock,
      namedStatements,
    })
    return { ports, clock, ownerId: freshId(), otherOwnerId: freshId(), close: () => ports.close() }
  }

  runContracts((name, run) => {
    count += 1
    it(name, run)
  }, openHarness)

  it('F34 is noticed by whoever waits for notifications, which nobody hears', async () => {
    const { ports, close } = await openHarness()
    expect(await ports.wakeUps.isHeard()).toBe(false)
    await close()
  })

  it('has put every case to the test', () => {
    const all = contracts.flatMap(({ cases }) => cases)
    console.log(`${count} of ${all.length} cases through PgBouncer ${program.version}, transaction mode`)
    expect(count).toBe(all.length)
  })
})
