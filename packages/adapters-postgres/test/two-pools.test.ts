import { aCategoryInput, aScope } from '@daftari/testing'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { createDatabase, type TestDatabase } from './support/databases.ts'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { until } from './support/until.ts'

const written = openDatabase()

/** A server that never hears of what is written: a replica at its worst. */
async function stoppedReplica(): Promise<TestDatabase> {
  const replica = await createDatabase(inject('serverUrl'))
  onTestFinished(() => replica.drop())
  return replica
}

describe('with a connection string for reads', () => {
  it('looks at records there, and writes, judges and remembers where it writes', async () => {
    const replica = await stoppedReplica()
    const { books } = openAdapters(written().plainUrl, { readConnectionString: replica.plainUrl })
    const scope = { ...aScope(), idempotencyKey: 'a key' }
    const input = aCategoryInput()
    const category = await books.categories.create(scope, input)
    expect(await books.categories.create(scope, input)).toEqual(category)
    await expect(
      books.categories.create(aScope({ ...scope, idempotencyKey: 'b' }), input),
    ).rejects.toMatchObject({
      code: 'category_name_taken',
    })
    expect((await books.categories.list(scope)).data).toEqual([])
    const history = await books.history.list(scope, { kind: 'category', id: category.id })
    expect(history.data).toHaveLength(1)
    // Other files' transactions run on the same server, and the feed waits for those that are older.
    await until('the feed shows it', async () => (await books.history.feed(scope)).data.length === 1)
  })

  it('holds no connection for writes while it only looks (F27)', async () => {
    const { ports, scope } = openAdapters(written().plainUrl, {
      readConnectionString: written().plainUrl,
      maxConnections: 1,
      connectTimeoutMs: 200,
    })
    await ports.unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => {
      await tx.categories.lockAll()
      const page = { after: null, limit: 1 }
      expect(await ports.queries.categories.list(scope.ownerId, { words: [] }, page)).toEqual([])
    })
  })

  it('proves the wall and asks for an answer there, too', async () => {
    const replica = await stoppedReplica()
    const { ports } = openAdapters(written().plainUrl, { readConnectionString: replica.plainUrl })
    await ports.ready()
    await replica.query('alter table daftari.expense no force row level security')
    const { ports: others } = openAdapters(written().plainUrl, { readConnectionString: replica.plainUrl })
    await expect(others.ready()).rejects.toThrow('row level security is not effective on expense')
    const gone = new URL(replica.plainUrl)
    gone.pathname = '/nowhere'
    const { ports: lost } = openAdapters(written().plainUrl, { readConnectionString: gone.href })
    await expect(lost.ping()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
