import { newSecret, webhookSender } from '@daftari/adapters-webhook'
import { type EmbeddedPostgres, startTemporaryPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { consumer, createTables } from '../src/consumer.ts'

const secret = newSecret()
let server: EmbeddedPostgres
let pool: pg.Pool

beforeAll(async () => {
  server = await startTemporaryPostgres()
  pool = new pg.Pool({ connectionString: server.connectionString })
})

beforeEach(async () => {
  await pool.query('drop table if exists expense_seen, inbox_message, inbox_record')
  await createTables(pool)
})

afterAll(async () => {
  await pool?.end()
  await server?.stop()
})

async function open() {
  const app = consumer({ pool, secrets: [newSecret(), secret] })
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/hooks`
  const sender = webhookSender({ allowPrivate: true })
  onTestFinished(async () => {
    await sender.close()
    await app.close()
  })
  return async (id: string, version: number, description: string | null, by = secret): Promise<number> => {
    const after = description === null ? null : { description }
    const body = JSON.stringify({
      specversion: '1.0',
      id,
      source: '/owners/o1',
      type: 'expense.updated',
      subject: 'expense-1',
      time: '2026-11-27T12:00:00.000Z',
      datacontenttype: 'application/json',
      aggregatetype: 'expense',
      aggregateversion: version,
      actor: 'asha',
      data: { before: null, after },
    })
    const contentType = 'application/cloudevents+json'
    const answer = await sender.send({
      url,
      secrets: [by],
      messageId: id,
      body,
      contentType,
      timeoutMs: 10_000,
    })
    return answer.status
  }
}

async function seen(): Promise<unknown[]> {
  return (await pool.query('select id, description from expense_seen')).rows
}

test('an event that comes twice, or late, changes nothing any more', async () => {
  const send = await open()
  expect(await send('e1', 1, 'Usafiri')).toBe(204)
  expect(await send('e3', 3, 'Mafuta')).toBe(204)
  await pool.query(`update expense_seen set description = 'by hand'`)

  expect(await send('e3', 3, 'Mafuta')).toBe(204)
  expect(await send('e2', 2, 'Chakula')).toBe(204)
  expect(await seen()).toEqual([{ id: 'expense-1', description: 'by hand' }])

  expect(await send('e4', 4, null)).toBe(204)
  expect(await seen()).toEqual([])
})

test('what could not be stored is refused, and applied when it comes again', async () => {
  const send = await open()
  await pool.query('alter table expense_seen rename to away')
  expect(await send('e1', 1, 'Usafiri')).toBe(500)
  await pool.query('alter table away rename to expense_seen')
  expect(await send('e1', 1, 'Usafiri')).toBe(204)
  expect(await seen()).toEqual([{ id: 'expense-1', description: 'Usafiri' }])
})

test('what somebody else has signed is refused', async () => {
  const send = await open()
  expect(await send('e1', 1, 'Usafiri', newSecret())).toBe(400)
  expect(await seen()).toEqual([])
})
