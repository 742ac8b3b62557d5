import type { Socket } from 'node:net'
import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import plugin from '../src/index.ts'
import { AMINA } from './support/test-service.ts'

const PATIENCE_MS = 60_000

test('the connection may be silent while an import is carried out, and not before or after', async () => {
  const sockets: Socket[] = []
  const patience: unknown[] = []
  const look = (): void => {
    patience.push(...sockets.map(({ timeout }) => timeout))
  }
  const books = createBooks(createMemoryAdapters())
  const { expenses } = books
  const watched: typeof expenses.import = (...asked) => {
    look()
    return expenses.import(...asked)
  }
  const app = Fastify({ connectionTimeout: PATIENCE_MS })
  app.server.on('connection', (socket) => sockets.push(socket))
  for (const moment of ['onRequest', 'onSend'] as const) app.addHook(moment, async () => look())
  await app.register(plugin, {
    books: { ...books, expenses: { ...expenses, import: watched } },
    authenticate: async () => ({ ownerId: AMINA, actorId: 'amina', scopes: ['write'] }),
    health: { isReady: () => true },
  })
  try {
    const answer = await fetch(`${await app.listen({ port: 0 })}/v1/expenses/import`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'date,category,amount,description\n',
    })
    expect(answer.status).toBe(200)
    await answer.text()
    expect(patience).toEqual([PATIENCE_MS, 0, PATIENCE_MS])
  } finally {
    await app.close()
  }
})
