import { type EmbeddedPostgres, startTemporaryPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMemoryInbox, inboxTables, postgresInbox } from '../src/index.ts'
import { type InboxCase, type InboxHarness, inboxCases } from './support/inbox-contract.ts'

let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startTemporaryPostgres()
})

afterAll(() => server?.stop())

function manualClock() {
  let ms = Date.parse('2026-11-27T12:00:00Z')
  return {
    now: () => ms,
    advance: (by: number) => {
      ms += by
    },
  }
}

async function openMemory(): Promise<InboxHarness> {
  const { now, advance } = manualClock()
  return { ...createMemoryInbox({ now }), advance, close: async () => {} }
}

let schemas = 0

async function openPostgres(): Promise<InboxHarness> {
  const { now, advance } = manualClock()
  schemas += 1
  const schema = `inbox_${schemas}`
  const pool = new pg.Pool({
    connectionString: server.connectionString,
    max: 8,
    options: `-c search_path=${schema}`,
  })
  await pool.query(`create schema ${schema}`)
  await pool.query(inboxTables)
  return {
    async transact(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work(postgresInbox(client, { now }))
        await client.query('commit')
        return result
      } catch (failure) {
        await client.query('rollback')
        throw failure
      } finally {
        client.release()
      }
    },
    advance,
    close: () => pool.end(),
  }
}

const inboxes = [
  { name: 'in memory', open: openMemory },
  { name: 'in PostgreSQL', open: openPostgres },
]

async function runCase({ run }: InboxCase, harness: InboxHarness, broken = harness): Promise<void> {
  try {
    await run(broken)
  } finally {
    await harness.close()
  }
}

describe.each(inboxes)('an inbox $name', ({ open }) => {
  test.each(inboxCases)('$name', async (inboxCase) => {
    await runCase(inboxCase, await open())
  })

  test.each(inboxCases)('is found out when it breaks: $name', async (broken) => {
    const failed: string[] = []
    for (const inboxCase of inboxCases) {
      const harness = await open()
      await runCase(inboxCase, harness, broken.saboteur(harness)).catch(() => failed.push(inboxCase.name))
    }
    expect(failed).toEqual([broken.name])
  })
})
