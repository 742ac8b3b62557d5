import {
  type Books,
  createDispatcher,
  type Dispatcher,
  type EventView,
  type Scope,
} from '@daftari/application'
import type { Category, CategoryId } from '@daftari/domain'
import {
  aCategory,
  aCategoryInput,
  anExpenseInput,
  anInvoiceInput,
  aPaymentInput,
  categoryEvent,
  freshId,
} from '@daftari/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkInvariants, type PostgresAdapters } from '../src/index.ts'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { until } from './support/until.ts'

const database = openDatabase()

/** A dispatcher that runs until the test ends. */
function startDispatcher(ports: PostgresAdapters): Dispatcher {
  const dispatcher = createDispatcher(ports, { pollMs: 200 })
  const running = dispatcher.run()
  onTestFinished(async () => {
    await dispatcher.stop()
    await running
  })
  return dispatcher
}

/** Makes every kind of change, and gives how many events that makes. */
async function liveThrough(books: Books, scope: Scope, number: number): Promise<number> {
  const category = await books.categories.create(scope, aCategoryInput({ name: `Category ${number}` }))
  const expense = await books.expenses.create(scope, anExpenseInput({ categoryId: category.id }))
  const target = { expenseId: expense.id, version: expense.version }
  const changed = await books.expenses.update(scope, target, { description: 'Kahawa' })
  await books.expenses.delete(scope, { expenseId: expense.id, version: changed.version })
  const invoice = await books.invoices.create(scope, anInvoiceInput({ number: `INV-${number}` }))
  await books.invoices.recordPayment(
    scope,
    { invoiceId: invoice.id },
    aPaymentInput({ amount: invoice.total }),
  )
  return 7
}

describe('a handler of events in PostgreSQL', () => {
  test('gets the event of every change made through the books, once each and in order', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    const heard: EventView[] = []
    await books.delivery.register(scope, { name: 'mail' }, async (event) => void heard.push(event))
    startDispatcher(ports)
    let made = 0
    for (let number = 0; number < 10; number += 1) made += await liveThrough(books, scope, number)
    await until('everything has arrived', async () => heard.length >= made)
    expect(new Set(heard.map(({ id }) => id)).size).toBe(made)
    const versions = new Map<string, number[]>()
    for (const { subject, aggregateversion } of heard) {
      versions.set(subject, [...(versions.get(subject) ?? []), aggregateversion])
    }
    for (const list of versions.values()) expect(list).toEqual(list.map((_, index) => index + 1))
    // Outcomes are stored a moment after the handler has got the event.
    await until('all is settled', async () => (await books.delivery.stats(scope)).pending === 0)
    expect(await books.delivery.stats(scope)).toMatchObject({ dead: 0, parked: 0 })
  })

  test('gets exactly the body that the history keeps', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    const heard: EventView[] = []
    await books.delivery.register(scope, { name: 'mail' }, async (event) => void heard.push(event))
    const { id } = await books.categories.create(scope, aCategoryInput())
    const dispatcher = createDispatcher(ports)
    expect(await dispatcher.flush()).toMatchObject({ processed: 1, attempts: 1 })
    await dispatcher.stop()
    const [record] = await ports.queries.history.list(scope.ownerId, 'category', id, {
      before: null,
      limit: 1,
    })
    expect(heard).toEqual([JSON.parse(record?.body ?? '')])
  })

  test('F03 gets, in another process, the events that were written while it was away', async () => {
    const first = openAdapters(database().url)
    await first.books.delivery.register(first.scope, { name: 'mail' }, async () => {})
    await first.books.categories.create(first.scope, aCategoryInput())
    const second = openAdapters(database().url)
    const heard: string[] = []
    const handle = async ({ type }: EventView) => void heard.push(type)
    await second.books.delivery.register(first.scope, { name: 'mail' }, handle)
    startDispatcher(second.ports)
    await until('it has arrived', async () => heard.length === 1)
    await first.books.categories.create(first.scope, aCategoryInput({ name: 'Chakula' }))
    await until('the next has arrived, too', async () => heard.length === 2)
  })

  test('R10 shows each failed attempt, and gets the event again on retry', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    let isBroken = true
    await books.delivery.register(scope, { name: 'mail' }, async () => {
      if (isBroken) throw new Error('no such address')
    })
    await books.categories.create(scope, aCategoryInput())
    const dispatcher = createDispatcher(ports, { retryScheduleMs: [] })
    onTestFinished(() => dispatcher.stop())
    expect(await dispatcher.flush()).toMatchObject({ processed: 0, dead: 1 })
    const { data } = await books.delivery.list(scope, { status: 'dead' })
    const deliveryId = data[0]?.id ?? ''
    expect((await books.delivery.get(scope, { deliveryId })).attempts).toMatchObject([
      { number: 1, error: 'no such address' },
    ])
    isBroken = false
    await books.delivery.retry(scope, { deliveryId })
    expect(await dispatcher.flush()).toMatchObject({ processed: 1 })
    expect((await books.delivery.get(scope, { deliveryId })).attempts).toHaveLength(2)
  })
})

/** Makes the handler older than all events, so that each of them must have a delivery to it. */
const REGISTERED_LONG_AGO = `update daftari.subscription set created_at = now() - interval '1 hour', hears_since = now() - interval '1 hour'
  where owner_id = $1`
const HOUR_MS = 3_600_000

describe('F40 a delivery that is missing', () => {
  test('is written by repair and arrives', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    const heard: string[] = []
    await books.delivery.register(scope, { name: 'mail' }, async ({ type }) => void heard.push(type))
    await database().query(REGISTERED_LONG_AGO, [scope.ownerId])
    await books.categories.create(scope, aCategoryInput())
    await database().query('delete from daftari.delivery where owner_id = $1', [scope.ownerId])
    expect(await checkInvariants({ connectionString: database().url })).toMatchObject([{ invariant: 'I2' }])
    expect(await ports.dispatch.repair(HOUR_MS)).toBe(1)
    expect(await checkInvariants({ connectionString: database().url })).toEqual([])
    const dispatcher = createDispatcher(ports)
    expect(await dispatcher.flush()).toMatchObject({ processed: 1 })
    await dispatcher.stop()
    expect(heard).toEqual(['category.created'])
  })

  test('is not one that clean removed, nor one of an event type that was not subscribed to then', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    const input = { name: 'mail', eventTypes: ['category.created' as const] }
    await books.delivery.register(scope, input, async () => {})
    await database().query(REGISTERED_LONG_AGO, [scope.ownerId])
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    await books.categories.update(scope, { categoryId, version: 1 }, { name: 'Chakula' })
    const dispatcher = createDispatcher(ports)
    await dispatcher.flush()
    await dispatcher.stop()
    expect(await ports.dispatch.clean(-HOUR_MS, 1000, false)).toBeGreaterThan(0)
    await books.delivery.register(scope, { name: 'mail' }, async () => {})
    expect(await ports.dispatch.repair(HOUR_MS)).toBe(0)
    expect(await checkInvariants({ connectionString: database().url })).toEqual([])
  })
})

test('F47 retention removes no dead delivery, however old it is', async () => {
  const { books, ports, scope } = openAdapters(database().url)
  await books.delivery.register(scope, { name: 'mail' }, async () => {})
  await books.categories.create(scope, aCategoryInput())
  await books.categories.create(scope, aCategoryInput({ name: 'Chakula' }))
  await database().query(
    `update daftari.delivery set created_at = now() - interval '2 years', status = 'dead', last_error = 'refused'
      where owner_id = $1`,
    [scope.ownerId],
  )
  await ports.dispatch.clean(0, 1000, false)
  expect(await books.delivery.stats(scope)).toMatchObject({ dead: 2 })
})

/** Begins a change that has written its event, and gives the function that commits it. */
async function underWay(
  ports: PostgresAdapters,
  scope: Scope,
  after: Category,
): Promise<() => Promise<void>> {
  const [written, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const committed = ports.unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => {
    tx.events.append([categoryEvent('category.updated', { after })])
    await tx.categories.find(after.id)
    written.resolve()
    await gate.promise
  })
  await Promise.race([written.promise, committed])
  return async () => {
    gate.resolve()
    await committed
  }
}

async function isAnyoneWaiting(): Promise<boolean> {
  const { rowCount } = await database().query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rowCount !== null && rowCount > 0
}

describe('a change that is under way', () => {
  test('while a dead delivery before its own is retried is delivered after it', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    let isBroken = true
    const heard: number[] = []
    await books.delivery.register(scope, { name: 'mail' }, async ({ aggregateversion }) => {
      if (isBroken) throw new Error('refused')
      heard.push(aggregateversion)
    })
    const id = freshId<CategoryId>()
    const first = categoryEvent('category.created', { after: aCategory({ id, version: 1 }) })
    await ports.unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => tx.events.append([first]))
    const dispatcher = createDispatcher(ports, { retryScheduleMs: [] })
    onTestFinished(() => dispatcher.stop())
    expect(await dispatcher.flush()).toMatchObject({ dead: 1 })
    isBroken = false
    const commit = await underWay(ports, scope, aCategory({ id, version: 2 }))
    const { data } = await books.delivery.list(scope, { status: 'dead' })
    let isOver = false
    const retried = books.delivery.retry(scope, { deliveryId: data[0]?.id ?? '' }).then(() => {
      isOver = true
    })
    await until('the retry waits, or does not', async () => isOver || (await isAnyoneWaiting()))
    await commit()
    await retried
    await dispatcher.flush()
    expect(heard).toEqual([1, 2])
    expect(await books.delivery.stats(scope)).toMatchObject({ pending: 0, parked: 0, dead: 0 })
  })

  test('while its handler is removed leaves a delivery that repair cancels', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    await books.delivery.register(scope, { name: 'mail' }, async () => {})
    const commit = await underWay(ports, scope, aCategory({ version: 1 }))
    await books.delivery.remove(scope, { name: 'mail' })
    await commit()
    expect(await books.delivery.stats(scope)).toMatchObject({ pending: 1 })
    expect(await ports.dispatch.repair(HOUR_MS)).toBe(0)
    expect(await books.delivery.stats(scope)).toMatchObject({ pending: 0 })
  })
})

test('F37 an error text with a NUL does not keep other outcomes of its batch from being stored', async () => {
  const { books, ports, scope } = openAdapters(database().url)
  const { id } = await books.categories.create(scope, aCategoryInput({ name: 'First' }))
  await books.delivery.register(scope, { name: 'mail' }, async ({ subject }) => {
    if (subject === id) throw new Error('no\0 such host')
  })
  await books.categories.update(scope, { categoryId: id, version: 1 }, { name: 'Other' })
  await books.categories.create(scope, aCategoryInput({ name: 'Second' }))
  startDispatcher(ports)
  const outcomes = async () =>
    (await books.delivery.list(scope)).data.map(({ status, lastError }) => [status, lastError])
  const expected = [
    ['delivered', null],
    ['pending', 'no such host'],
  ]
  await until('both are stored', async () => String(await outcomes()) === String(expected))
  expect(await outcomes()).toEqual(expected)
})

test('F34 a dispatcher without a delivery to probe with releases the probe, so that another can take it', async () => {
  const { books, ports, scope } = openAdapters(database().url)
  const { id } = await books.delivery.register(scope, { name: 'mail' }, async () => {})
  await books.categories.create(scope, aCategoryInput())
  const { dispatch } = ports
  const holder = freshId()
  const { shards } = await dispatch.lease({ holder, leaseMs: 60_000, giveUp: [], takesNewTokens: false })
  await database().query(
    `update daftari.subscription set open_until = now() - interval '1 second' where id = $1`,
    [id],
  )
  const wanted = [{ subscriptionId: id, limit: 10 }]
  const claim = (held: typeof shards) =>
    dispatch.claim({ shards: held, wanted, runLength: 10, probeMs: 60_000 })
  const SHARD =
    'select get_byte(uuid_send(aggregate_id), 15) % 32 as shard from daftari.delivery where subscription_id = $1'
  const { rows } = await database().query(SHARD, [id])
  const isThere = ({ shard }: (typeof shards)[number]): boolean => shard === rows[0]?.shard
  expect(await claim(shards.filter((held) => !isThere(held)))).toEqual([])
  expect(await claim(shards.filter(isThere))).toMatchObject([{ isProbe: true }])
  await dispatch.leave(holder)
})

test('a retry of a delivery in flight does not send it twice, and its outcome counts', async () => {
  const { books, ports, scope } = openAdapters(database().url)
  const gate = Promise.withResolvers<void>()
  let times = 0
  await books.delivery.register(scope, { name: 'mail' }, async () => {
    times += 1
    await gate.promise
  })
  await books.categories.create(scope, aCategoryInput())
  startDispatcher(ports)
  await until('it is under way', () => times === 1)
  const { data } = await books.delivery.list(scope)
  await books.delivery.retry(scope, { deliveryId: data[0]?.id ?? '' })
  await books.categories.create(scope, aCategoryInput({ name: 'Chakula' }))
  await until('the other is under way, too', () => times > 1)
  gate.resolve()
  await until('all has arrived', async () => (await books.delivery.stats(scope)).pending === 0)
  expect(times).toBe(2)
})
