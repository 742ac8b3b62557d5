import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest'
import { createDatabase, type TestDatabase } from './databases.ts'
import { until } from './until.ts'

/** The file's own database. A test that leaves a connection open fails. */
export function openDatabase(serverUrl: () => string = () => inject('serverUrl')): () => TestDatabase {
  let database: TestDatabase | null = null
  beforeAll(async () => {
    database = await createDatabase(serverUrl())
  })
  // What a test itself leaves to its end comes after its hooks, and the last registered comes first.
  beforeEach(({ onTestFinished }) => {
    onTestFinished(() => refuseConnections(opened()))
  })
  afterAll(async () => {
    await database?.drop()
  })

  function opened(): TestDatabase {
    if (database === null) throw new Error('the database is opened before the first test')
    return database
  }
  return opened
}

/** The server takes a moment to notice that a client has gone. */
async function refuseConnections(database: TestDatabase): Promise<void> {
  let left = 0
  await until('every connection is closed', async () => {
    left = await database.connections()
    return left === 0
  }).catch(() => {})
  expect(left, 'connections that were left open').toBe(0)
}
