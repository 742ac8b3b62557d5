import { contracts, freshId, type Harness, manualClock, runContracts } from '@daftari/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresAdapters } from '../src/index.ts'
import type { TestDatabase } from './support/databases.ts'
import { openDatabase } from './support/open-database.ts'
import { startServer } from './support/server.ts'

// A server of its own: the feed shows nothing that is younger than any transaction that still runs on the server.
let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const database = openDatabase(() => server.connectionString)

async function openHarness({ url: systemUrl }: TestDatabase, url: string): Promise<Harness> {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const ports = createPostgresAdapters({ connectionString: url, systemConnectionString: systemUrl, clock })
  return { ports, clock, ownerId: freshId(), otherOwnerId: freshId(), close: () => ports.close() }
}

const logins: readonly (readonly [string, (of: TestDatabase) => string])[] = [
  ['as a superuser who puts on the restricted role', ({ url }) => url],
  ['as a plain login that is a member of the restricted role', ({ plainUrl }) => plainUrl],
]

for (const [login, urlOf] of logins) {
  describe(login, () => {
    let count = 0
    runContracts(
      (name, run) => {
        count += 1
        it(name, run)
      },
      () => openHarness(database(), urlOf(database())),
      contracts,
    )
    it('has put every case to the test', () => {
      const all = contracts.flatMap(({ cases }) => cases)
      console.log(`${count} of ${all.length} cases, ${login}`)
      expect(count).toBe(all.length)
    })
  })
}
