import { createBooks } from '@daftari/application'
import { aCategoryInput, aScope } from '@daftari/testing'
import { expect, it, onTestFinished } from 'vitest'
import { createPostgresAdapters, migrateUp } from '../src/index.ts'
import { isTrouble } from './support/refusals.ts'
import { openRestartableServer } from './support/restartable-server.ts'
import { until } from './support/until.ts'

const ROUNDS = 2

it('survives that the server stops as at a crash, says so in codes, and works again when it is back (F07)', async () => {
  const server = await openRestartableServer()
  onTestFinished(() => server.close())
  await migrateUp({ connectionString: server.url })
  const ports = createPostgresAdapters({ connectionString: server.url, maxConnections: 4 })
  onTestFinished(() => ports.close())
  const books = createBooks(ports)
  const errors: unknown[] = []
  let successes = 0
  let isOver = false

  const scopes = Array.from({ length: 6 }, () => aScope())
  const acknowledged = new Map<string, string[]>(scopes.map(({ ownerId }) => [ownerId, []]))
  const workers = scopes.map(async (scope) => {
    for (let count = 0; !isOver; count += 1) {
      try {
        const { id } = await books.categories.create(scope, aCategoryInput({ name: `Category ${count}` }))
        acknowledged.get(scope.ownerId)?.push(id)
        await books.categories.delete(scope, { categoryId: id, version: 1 })
        successes += 1
      } catch (error) {
        errors.push(error)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
  })

  for (let round = 0; round < ROUNDS; round += 1) {
    await progress(() => successes)
    await server.stopImmediately()
    const seen = errors.length
    await books.categories.list(scopes[0] ?? aScope()).catch((error: unknown) => errors.push(error))
    expect(errors.length).toBeGreaterThan(seen)
    await server.start()
    await progress(() => successes)
  }
  isOver = true
  await Promise.all(workers)

  expect(errors.filter((error) => !isTrouble(error))).toEqual([])
  for (const [ownerId, ids] of acknowledged) {
    for (const id of ids) {
      const page = { before: null, limit: 5 }
      const events = await ports.queries.history.list(ownerId, 'category', id, page)
      expect(events.at(-1)?.type).toBe('category.created')
    }
  }
})

/** Waits until there is one more than now. */
async function progress(count: () => number): Promise<void> {
  const before = count()
  await until('something succeeds', () => count() > before)
}
