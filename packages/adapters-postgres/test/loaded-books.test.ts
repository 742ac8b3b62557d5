import { createBooks, createDispatcher, type EventView } from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import { aCategoryInput, anExpenseInput, anInvoiceInput, aPaymentInput, aScope } from '@daftari/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  checkInvariants,
  createPostgresAdapters,
  MigrationRefused,
  migrateDown,
  migrateUp,
  type PostgresAdapters,
} from '../src/index.ts'
import { administer, createDatabase, type TestDatabase } from './support/databases.ts'
import { type Opened, openAdapters } from './support/open-adapters.ts'
import { writeOverlapping } from './support/overlapping.ts'
import { everyFeed, readFeed } from './support/read-feed.ts'
import { startServer } from './support/server.ts'
import { until } from './support/until.ts'

// A server of its own: transactions of other files would hold back what the feed shows.
let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

interface Written extends Opened {
  readonly database: TestDatabase
}

/** Books of one owner with everything that can happen, also at the same time. */
async function written(): Promise<Written> {
  const database = await createDatabase(server.connectionString)
  onTestFinished(() => database.drop())
  const opened = openAdapters(database.url)
  const { books, ports, scope } = opened
  const category = await books.categories.create(scope, aCategoryInput())
  await writeOverlapping(ports, scope)
  const expense = await books.expenses.create(scope, anExpenseInput({ categoryId: category.id }))
  await books.expenses.update(scope, { expenseId: expense.id, version: 1 }, { description: 'Kahawa' })
  const invoice = await books.invoices.create(scope, anInvoiceInput())
  await books.invoices.recordPayment(
    scope,
    { invoiceId: invoice.id },
    aPaymentInput({ amount: invoice.total }),
  )
  await until('the feed shows everything', async () => (await readFeed(books, scope)).events.length === 8)
  return { ...opened, database }
}

/**
 * As if a dump of a server that is a million transactions older had been loaded: the rows are written by one transaction
 * of this server, with numbers of the other. `test/dumps.test.ts` does it with the programs, where they are installed.
 */
async function load({ query }: TestDatabase): Promise<void> {
  await query(`update daftari.event set xid = (xid::text::bigint + 1000000)::text::xid8`)
}

/** Gives how many events were numbered anew, `null` for none. */
async function migrate({ url }: TestDatabase): Promise<number | null> {
  let renumbered: number | null = null
  await migrateUp({
    connectionString: url,
    onRenumbered(events) {
      renumbered = events
    },
  })
  return renumbered
}

const otherEpoch = (error: unknown): boolean =>
  isDomainError(error, 'invalid_cursor') && error.details.isOfOtherEpoch === true

async function openClient({ url }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

describe('books that were loaded from another server', () => {
  it('have the same events in the same order, on every page and for every type (T16)', async () => {
    const { books, scope, database } = await written()
    const before = await everyFeed(books, scope)
    const disagreeing = await database.query(
      `select from daftari.event a join daftari.event b on a.xid < b.xid and a.seq > b.seq`,
    )
    expect(disagreeing.rowCount).toBe(1)
    await load(database)
    expect((await readFeed(books, scope)).events).toEqual([])
    expect(await migrate(database)).toBe(8)
    expect(await everyFeed(books, scope)).toEqual(before)
    expect(await checkInvariants({ connectionString: database.url })).toEqual([])
  })

  it('refuse older cursors, and say to start again and which events to skip', async () => {
    const { books, scope, database } = await written()
    const { cursor } = await readFeed(books, scope)
    const { nextCursor } = await books.history.feed(scope, { limit: 1 })
    await load(database)
    await migrate(database)
    for (const after of [cursor, nextCursor]) {
      const refused = books.history.feed(scope, { after })
      await expect(refused).rejects.toSatisfy(otherEpoch)
      await expect(refused).rejects.toThrow(
        /restored from a dump .* Start again without a cursor and skip the events whose id/,
      )
    }
    const anew = await readFeed(books, scope)
    expect((await books.history.feed(scope, { after: anew.cursor })).data).toEqual([])
  })

  it('tell later events behind what was loaded, once each', async () => {
    const { books, scope, database } = await written()
    await load(database)
    await migrate(database)
    const { events, cursor } = await readFeed(books, scope)
    const { id } = await books.categories.create(scope, aCategoryInput({ name: 'Mpya' }))
    expect((await readFeed(books, scope, { after: cursor })).events).toMatchObject([{ subject: id }])
    const all = await readFeed(books, scope)
    expect(all.events.slice(0, -1)).toEqual(events)
    expect(events).toHaveLength(8)
  })

  it('tell what an older version wrote here after loading behind what was loaded', async () => {
    const { books, ports, scope, database } = await written()
    const { events } = await readFeed(books, scope)
    await load(database)
    const { id } = await books.categories.create(scope, aCategoryInput({ name: 'Mpya' }))
    await writeOverlapping(ports, scope)
    expect((await readFeed(books, scope)).events[0]).toMatchObject({ subject: id })
    expect(await migrate(database)).toBe(11)
    const after = await readFeed(books, scope)
    expect(after.events.slice(0, 8)).toEqual(events)
    expect(after.events[8]).toMatchObject({ subject: id })
  })

  it('are left as they are where nothing was loaded, and where this server is ahead', async () => {
    const { books, scope, database } = await written()
    const { cursor } = await readFeed(books, scope, { limit: 3 })
    const { nextCursor } = await books.history.feed(scope, { limit: 3 })
    const numbers = () => database.query('select id, xid::text, seq from daftari.event order by id')
    const before = await numbers()
    expect(await migrate(database)).toBeNull()
    // Rows of another server whose numbers have been given out here, too: the counter alone decides.
    await database.query('update daftari.event set body = body')
    expect(await migrate(database)).toBeNull()
    expect((await numbers()).rows).toEqual(before.rows)
    expect((await books.history.feed(scope, { after: cursor })).data).toEqual([])
    expect((await readFeed(books, scope, { after: nextCursor })).events).toHaveLength(5)
  })

  it('are numbered once by starters at the same time, in one epoch (F20)', async () => {
    const { books, scope, database } = await written()
    const before = await everyFeed(books, scope)
    await load(database)
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => migrate(database)))
    expect(outcomes.filter((count) => count !== null)).toEqual([8])
    expect(await everyFeed(books, scope)).toEqual(before)
    expect((await database.query('select from daftari.epoch')).rowCount).toBe(1)
  })

  it('tell what transactions in flight write behind what was loaded', async () => {
    const { books, ports, scope, database } = await written()
    const { events } = await readFeed(books, scope)
    await load(database)
    // Its number is older than everything that numbering anew could be given.
    await writeOverlapping(ports, scope, async () => {
      expect(await migrate(database)).toBe(9)
    })
    const after = await readFeed(books, scope)
    // What committed before the numbering, and what committed after it.
    expect(after.events).toHaveLength(10)
    expect(after.events.slice(0, 8)).toEqual(events)
    expect(await checkInvariants({ connectionString: database.url })).toEqual([])
  })

  it('are seen whole by whoever reads while they are numbered, before and after', async () => {
    const { books, scope, database } = await written()
    const { events, cursor } = await readFeed(books, scope)
    await load(database)
    const holder = await openClient(database)
    await holder.query('begin; lock table daftari.epoch in share mode')
    const migrating = migrate(database)
    await until('every event has its new number, which nobody sees', async () => {
      const { rowCount } = await holder.query(
        `select from pg_locks where not granted and relation = 'daftari.epoch'::regclass`,
      )
      return rowCount === 1
    })
    expect((await books.history.feed(scope)).data).toEqual([])
    await holder.query('commit')
    expect(await migrating).toBe(8)
    await expect(books.history.feed(scope, { after: cursor })).rejects.toSatisfy(otherEpoch)
    expect((await readFeed(books, scope)).events).toEqual(events)
  })

  it('give no page whose start lost its meaning while it was read', async () => {
    const { ports, scope, database } = await written()
    const { feed } = ports.queries
    const migrating: PostgresAdapters['queries']['feed'] = {
      epoch: feed.epoch,
      async list(ownerId, page) {
        if (page.after !== null) await migrate(database)
        return feed.list(ownerId, page)
      },
    }
    const books = createBooks({ ...ports, queries: { ...ports.queries, feed: migrating } })
    const { nextCursor } = await books.history.feed(scope, { limit: 3 })
    await load(database)
    await expect(books.history.feed(scope, { after: nextCursor })).rejects.toSatisfy(otherEpoch)
  })

  it('refuse a cursor of a server that went further than the backup that is here', async () => {
    const { books, ports, scope } = await written()
    await books.history.feed(scope)
    const page = { after: '1000000:9', types: ['category.created'], limit: 1 } as const
    await expect(ports.queries.feed.list(scope.ownerId, page)).rejects.toSatisfy(otherEpoch)
  })

  it('refuse a start that may not migrate, with the command, until somebody migrates', async () => {
    const { database } = await written()
    await load(database)
    const { ports } = openAdapters(database.plainUrl)
    await expect(ports.ready()).rejects.toThrow(MigrationRefused)
    await expect(ports.ready()).rejects.toThrow(
      /^the books were restored from a dump, .*; run: daftari migrate up$/,
    )
    const onReplica = createPostgresAdapters({
      connectionString: (await written()).database.plainUrl,
      readConnectionString: database.plainUrl,
    })
    onTestFinished(() => onReplica.close())
    await onReplica.ready()
    await migrate(database)
    await ports.ready()
  })

  it('are numbered by the plain owner of the schema, too, and from before they had an epoch', async () => {
    const database = await createDatabase(server.connectionString, 'template0')
    const keeper = `keeper_${database.name}`
    await administer(
      server.connectionString,
      `create role ${keeper} login password 'x' createrole; alter database ${database.name} owner to ${keeper}`,
    )
    onTestFinished(async () => {
      await database.drop()
      await administer(server.connectionString, `drop role ${keeper}`)
    })
    const asKeeper = {
      ...database,
      url: Object.assign(new URL(database.url), { username: keeper, password: 'x' }).href,
    }
    await migrate(asKeeper)
    const { books, ports, scope } = openAdapters(database.url)
    await books.categories.create(scope, aCategoryInput({ name: 'Mpya' }))
    await writeOverlapping(ports, scope)
    const other = aScope()
    await books.categories.create(other, aCategoryInput())
    const before = [await everyFeed(books, scope), await everyFeed(books, other)]
    await load(database)
    await migrateDown({ connectionString: asKeeper.url }, '0005-delivery')
    expect(await migrate(asKeeper)).toBe(4)
    expect([await everyFeed(books, scope), await everyFeed(books, other)]).toEqual(before)
  })

  it('deliver what was pending, once each and in order', async () => {
    const { books, ports, scope, database } = await written()
    const heard: EventView[] = []
    await books.delivery.register(scope, { name: 'mail' }, async (event) => void heard.push(event))
    const { id } = await books.categories.create(scope, aCategoryInput({ name: 'Mpya' }))
    await books.categories.update(scope, { categoryId: id, version: 1 }, { name: 'Kale' })
    const deliveries = 'select * from daftari.delivery order by event_id'
    const pending = (await database.query(deliveries)).rows
    expect(pending).toHaveLength(2)
    await load(database)
    await migrate(database)
    expect((await database.query(deliveries)).rows).toEqual(pending)
    const dispatcher = createDispatcher(ports)
    expect(await dispatcher.flush()).toMatchObject({ processed: 2, attempts: 2 })
    await dispatcher.stop()
    expect(heard.map(({ type }) => type)).toEqual(['category.created', 'category.updated'])
  })
})
