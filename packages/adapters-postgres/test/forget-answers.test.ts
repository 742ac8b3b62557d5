import { manualClock } from '@daftari/testing'
import { expect, test } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'

const database = openDatabase()

test('forgets the answers whose 72 hours are over, of every owner, and no other', async () => {
  const { url: connectionString } = database()
  const past = openAdapters(connectionString, { clock: manualClock('2020-01-01T00:00:00.000Z') })
  const now = openAdapters(connectionString)
  await past.books.categories.create({ ...past.scope, idempotencyKey: 'old' }, { name: 'Usafiri' })
  await now.books.categories.create({ ...now.scope, idempotencyKey: 'new' }, { name: 'Usafiri' })
  const first = await now.ports.forgetAnswers()
  const again = await now.ports.forgetAnswers()
  expect([first, again]).toEqual([1, 0])
  const { ownerId } = now.scope
  expect(await now.ports.queries.idempotency.find(ownerId, 'new')).not.toBeNull()
})
