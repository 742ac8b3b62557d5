import { checkInvariants, createPostgresAdapters, migrateUp } from '@daftari/adapters-postgres'
import { createBooks } from '@daftari/application'
import { startTemporaryPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generateBooks } from '../src/books/generate-books.ts'
import { type BooksPlan, plannedOwnerId } from '../src/books/plan.ts'

const PLAN: BooksPlan = { rows: 3000, seed: 5, until: '2024-12-31', hasEvents: true }
const LARGE = plannedOwnerId(PLAN, 0)
const OURS = '019a9a60-0000-7000-8000-00000000000a'

let server: Awaited<ReturnType<typeof startTemporaryPostgres>>
let client: pg.Client

beforeAll(async () => {
  server = await startTemporaryPostgres({ settings: { autovacuum: 'off' } })
  await migrateUp({ connectionString: server.connectionString })
  client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await server.stop()
})

it('writes books that hold every invariant, and are read like any other', async () => {
  const { connectionString } = server
  await generateBooks(client, PLAN)
  await generateBooks(client, { ...PLAN, rows: 500, seed: 6, ownerId: OURS })
  expect(await checkInvariants({ connectionString })).toEqual([])
  const adapters = createPostgresAdapters({ connectionString })
  try {
    const books = createBooks(adapters)
    for (const [ownerId, rows] of [
      [LARGE, PLAN.rows / 2],
      [OURS, 500],
    ] as const) {
      const scope = { ownerId, actorId: 'a-tester' }
      const { groups } = await books.expenses.summarise(scope, { groupBy: 'month' })
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(rows)
      const [expense] = (await books.expenses.list(scope, { q: 'nauli', limit: 1 })).data
      const { data } = await books.history.list(scope, { kind: 'expense', id: expense?.id ?? '' })
      const [created] = data
      expect(created).toMatchObject({ type: 'expense.created', version: 1, by: 'generator' })
      expect(created?.changes.description?.after).toBe(expense?.description)
    }
  } finally {
    await adapters.close()
  }
})

it('writes the same books for the same plan', async () => {
  const digest = `select md5(string_agg(e::text, ',' order by id)) as digest from daftari.expense e where owner_id = $1`
  const before = (await client.query(digest, [OURS])).rows
  await client.query(
    'truncate daftari.owner, daftari.event, daftari.expense_word, daftari.invoice_word cascade',
  )
  await generateBooks(client, { ...PLAN, rows: 500, seed: 6, ownerId: OURS })
  expect((await client.query(digest, [OURS])).rows).toEqual(before)
})
