import { createDispatcher, type Dispatcher, type Ports, type Timer } from '@daftari/application'
import { aCategoryInput } from '@daftari/testing'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deliverAll, holdersAmong } from '../harness/arrivals/deliver-all.ts'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { until } from './support/until.ts'

const database = openDatabase()
const HOUR_MS = 3_600_000
/** By itself such a dispatcher would look after an hour. */
const PATIENT = { pollMs: HOUR_MS, leaseMs: 8 * HOUR_MS }

function run(dispatcher: Dispatcher): void {
  const running = dispatcher.run()
  onTestFinished(async () => {
    await dispatcher.stop()
    await running
  })
}

// A hundred thousand: npm run arrivals
test.each([1, 2, 10])(
  'F05 %i dispatchers bring every event once and in order',
  async (dispatchers) => {
    const events = 1000
    const { takingPart, ...counts } = await deliverAll({ url: database().url, events, dispatchers })
    expect(counts).toEqual({ events, arrived: events, duplicates: 0, outOfOrder: 0 })
    // A shard that is handed over on the way lets one more take part.
    expect(takingPart).toBeGreaterThanOrEqual(holdersAmong(dispatchers))
  },
  90_000,
)

/** The machine of a process that can be stopped and go on, without knowing how late it is. */
function stoppable(ports: Ports): {
  readonly ports: Ports
  stop(): void
  goOn(): void
  standing(): Promise<void>
} {
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  let stoppedAt: number | null = null
  const timer: Timer = {
    elapsedMs: () => stoppedAt ?? ports.timer.elapsedMs(),
    sleep(durationMs) {
      const sleep = ports.timer.sleep(durationMs)
      return { ...sleep, over: sleep.over.then(() => gate.promise) }
    },
  }
  const { dispatch } = ports
  const held = { ...dispatch }
  held.lease = (request) => gate.promise.then(() => dispatch.lease(request))
  held.claim = (request) => gate.promise.then(() => dispatch.claim(request))
  held.settle = (outcomes) => gate.promise.then(() => dispatch.settle(outcomes))
  return {
    ports: { ...ports, timer, dispatch: held },
    standing: () => gate.promise,
    stop() {
      gate = Promise.withResolvers()
      stoppedAt = ports.timer.elapsedMs()
    },
    goOn() {
      stoppedAt = null
      gate.resolve()
    },
  }
}

test('F06 a process that was stopped for longer than its lease sends nothing more than twice and changes nothing', async () => {
  const [first, second] = [openAdapters(database().url), openAdapters(database().url)]
  const zombie = stoppable(first.ports)
  const heard: string[] = []
  let isStopped = false
  await first.books.delivery.register(first.scope, { name: 'mail' }, async ({ id }) => {
    if (!isStopped) zombie.stop()
    isStopped = true
    await zombie.standing()
    heard.push(id)
  })
  for (let number = 0; number < 30; number += 1) {
    await first.books.categories.create(first.scope, aCategoryInput({ name: `Category ${number}` }))
  }
  const late = createDispatcher(zombie.ports, { timeoutMs: 200, leaseMs: 400 })
  const running = late.run()
  await until('the first has begun and stands still', () => isStopped)
  await second.books.delivery.register(first.scope, { name: 'mail' }, async ({ id }) => void heard.push(id))
  run(createDispatcher(second.ports, { timeoutMs: 200, leaseMs: 400 }))
  await until('the second has brought everything', () => new Set(heard).size === 30)
  const rows = (): Promise<pg.QueryResult> =>
    database().query(
      `select event_id, status, attempts, arrived_at, xmin from daftari.delivery
        where owner_id = $1 and status = 'delivered' order by 1`,
      [first.scope.ownerId],
    )
  await until('all of it is written down', async () => (await rows()).rowCount === 30)
  const before = (await rows()).rows
  zombie.goOn()
  await late.stop()
  await running
  expect(heard.length).toBeGreaterThan(30)
  expect(Math.max(...before.map(({ event_id: id }) => heard.filter((one) => one === id).length))).toBe(2)
  expect((await rows()).rows).toEqual(before)
})

describe('F48 a wake-up', () => {
  async function listening(): Promise<boolean> {
    const { rowCount } = await database().query(
      `select from pg_stat_activity where datname = current_database() and query = 'listen daftari_delivery'`,
    )
    return rowCount === 1
  }

  test('comes from the process that wrote, so that another need not look for itself', async () => {
    const [writer, other] = [openAdapters(database().url), openAdapters(database().url)]
    const heard: string[] = []
    await other.books.delivery.register(
      writer.scope,
      { name: 'mail' },
      async ({ type }) => void heard.push(type),
    )
    run(createDispatcher(other.ports, PATIENT))
    await until('the other listens', listening)
    await writer.books.categories.create(writer.scope, aCategoryInput())
    await until('it has arrived', () => heard.length === 1)
  })

  test('is one for many commits', async () => {
    const { books, scope } = openAdapters(database().url)
    const client = new pg.Client({ connectionString: database().url })
    await client.connect()
    onTestFinished(() => client.end())
    let notified = 0
    client.on('notification', () => {
      notified += 1
    })
    await client.query('listen daftari_delivery')
    const names = Array.from({ length: 50 }, (_, number) => `Category ${number}`)
    await Promise.all(names.map((name) => books.categories.create(scope, aCategoryInput({ name }))))
    await until('something was notified', () => notified > 0)
    expect(notified).toBeLessThan(25)
  })

  test('that never comes is made up for by looking', async () => {
    const { books, ports, scope } = openAdapters(database().url)
    const heard: string[] = []
    await books.delivery.register(scope, { name: 'mail' }, async ({ type }) => void heard.push(type))
    run(
      createDispatcher(
        { ...ports, wakeUps: { subscribe: () => () => {}, isHeard: async () => true } },
        { pollMs: 50 },
      ),
    )
    await until('it has its shards', async () => {
      const { rows } = await database().query(
        'select count(holder)::integer as held from daftari.dispatch_shard',
      )
      return rows[0]?.held === 32
    })
    await books.categories.create(scope, aCategoryInput())
    await until('it has arrived', () => heard.length === 1)
  })
})

test('F34 a process knows whether it is told of what others write', async () => {
  const { ports } = openAdapters(database().url)
  expect(await ports.wakeUps.isHeard()).toBe(true)
})
