import { createMemoryAdapters, freshId, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../test/support/refusal-of.ts'
import { createBooks, createDispatcher, outboxProfile, type Ports, type Timer } from '../index.ts'

const MINUTE_MS = 60_000

/** Books with a clock that the test moves on. Sleeps end only when they are woken. */
function openDelivery() {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const start = clock.now()
  const timer: Timer = {
    elapsedMs: () => clock.now() - start,
    sleep() {
      const { promise: over, resolve: wake } = Promise.withResolvers<void>()
      return { over, wake }
    },
  }
  const ports: Ports = { ...createMemoryAdapters({ clock }), timer }
  const books = createBooks(ports)
  return { books, ports, clock, scope: { ownerId: freshId(), actorId: 'amina' } }
}

type Open = ReturnType<typeof openDelivery>

async function renamed({ books, scope }: Open, name: string, times: number): Promise<string> {
  const { id } = await books.categories.create(scope, { name })
  for (let version = 1; version <= times; version += 1) {
    await books.categories.update(scope, { categoryId: id, version }, { name: `${name} ${version}` })
  }
  return id
}

describe('a handler', () => {
  test('gets every event of an aggregate once and in order', async () => {
    const open = openDelivery()
    const heard: unknown[] = []
    await open.books.delivery.register(open.scope, { name: 'mail' }, async (event) => {
      heard.push([event.type, event.aggregateversion])
    })
    await renamed(open, 'Usafiri', 2)
    const result = await createDispatcher(open.ports).flush()
    expect(result).toEqual({ processed: 3, failed: 0, dead: 0, skipped: 0, attempts: 3 })
    expect(heard).toEqual([
      ['category.created', 1],
      ['category.updated', 2],
      ['category.updated', 3],
    ])
  })

  test('gets only the event types it subscribed to', async () => {
    const open = openDelivery()
    const heard: unknown[] = []
    const input = { name: 'mail', eventTypes: ['category.updated' as const] }
    await open.books.delivery.register(open.scope, input, async ({ type }) => void heard.push(type))
    await renamed(open, 'Usafiri', 1)
    await createDispatcher(open.ports).flush()
    expect(heard).toEqual(['category.updated'])
  })

  test('that is not registered in this process keeps its deliveries, which a flush counts as skipped', async () => {
    const open = openDelivery()
    await open.books.delivery.register(open.scope, { name: 'mail' }, async () => {})
    await renamed(open, 'Usafiri', 0)
    const [handler] = await open.books.delivery.handlers(open.scope)
    open.ports.senders.delete(handler?.id ?? '')
    expect(await createDispatcher(open.ports).flush()).toMatchObject({
      processed: 0,
      skipped: 1,
      attempts: 0,
    })
    expect(await open.books.delivery.stats(open.scope)).toMatchObject({ pending: 1, due: 1 })
  })

  test.each([
    ['a text with a NUL', new Error('no\0 such host'), 'no such host'],
    ['no text', new Error(''), 'failed without an error message'],
    ['what is no text', Object.assign(new Error('x'), { message: 7 }), '7'],
    ['what has no text', Object.create(null), 'failed without an error message'],
    ['nothing', undefined, 'undefined'],
  ])('that throws %s has failed, and the delivery shows the error', async (_, thrown, lastError) => {
    const open = openDelivery()
    await open.books.delivery.register(open.scope, { name: 'mail' }, () => Promise.reject(thrown))
    await renamed(open, 'Usafiri', 0)
    expect(await createDispatcher(open.ports).flush()).toMatchObject({ processed: 0, failed: 1 })
    expect((await open.books.delivery.list(open.scope)).data).toMatchObject([{ lastError }])
  })

  test('that was removed cannot be paused', async () => {
    const { books, scope } = openDelivery()
    await books.delivery.register(scope, { name: 'mail' }, async () => {})
    await books.delivery.remove(scope, { name: 'mail' })
    expect((await refusalOf(books.delivery.pause(scope, { name: 'mail' }))).code).toBe('not_found')
  })
})

describe('a delivery that fails', () => {
  test('R10 is attempted four times under the profile of the commands, is then dead, and shows every attempt', async () => {
    const open = openDelivery()
    await open.books.delivery.register(open.scope, { name: 'mail' }, async () => {
      throw new Error('no such address')
    })
    await renamed(open, 'Usafiri', 1)
    const dispatcher = createDispatcher(open.ports, outboxProfile())
    const results = []
    for (let round = 0; round < 5; round += 1) {
      results.push(await dispatcher.flush())
      open.clock.advance(5 * MINUTE_MS)
    }
    expect(results.map(({ failed, dead, attempts }) => [failed, dead, attempts])).toEqual([
      [1, 0, 1],
      [1, 0, 1],
      [1, 0, 1],
      [0, 1, 1],
      [0, 0, 0],
    ])
    expect(await open.books.delivery.stats(open.scope)).toMatchObject({ pending: 0, dead: 1, parked: 1 })
    const { data } = await open.books.delivery.list(open.scope, { status: 'dead' })
    const delivery = await open.books.delivery.get(open.scope, { deliveryId: data[0]?.id ?? '' })
    expect(delivery.attempts.map(({ number, error }) => [number, error])).toEqual(
      [1, 2, 3, 4].map((number) => [number, 'no such address']),
    )
  })

  test('B17 does not delay other aggregates', async () => {
    const open = openDelivery()
    const poison = await renamed(open, 'Sumu', 0)
    const heard: string[] = []
    await open.books.delivery.register(open.scope, { name: 'mail' }, async ({ subject }) => {
      if (subject === poison) throw new Error('refused')
      heard.push(subject)
    })
    await open.books.categories.update(open.scope, { categoryId: poison, version: 1 }, { name: 'Sumu kali' })
    const others = [await renamed(open, 'Usafiri', 0), await renamed(open, 'Chakula', 0)]
    expect(await createDispatcher(open.ports).flush()).toMatchObject({ processed: 2, failed: 1 })
    expect(heard.sort()).toEqual(others.sort())
  })

  test('that is skipped resumes the deliveries that were parked behind it', async () => {
    const open = openDelivery()
    let isBroken = true
    await open.books.delivery.register(open.scope, { name: 'mail' }, async () => {
      if (isBroken) throw new Error('refused')
    })
    await renamed(open, 'Usafiri', 1)
    const dispatcher = createDispatcher(open.ports, { retryScheduleMs: [] })
    expect(await dispatcher.flush()).toMatchObject({ dead: 1 })
    isBroken = false
    const { data } = await open.books.delivery.list(open.scope, { status: 'dead' })
    await open.books.delivery.skip(open.scope, { deliveryId: data[0]?.id ?? '' })
    expect(await dispatcher.flush()).toMatchObject({ processed: 1 })
  })
})

test('G6 a subscriber that is down for a day gets at most 300 probes, and then all events in order', async () => {
  const open = openDelivery()
  let [isDown, probes] = [true, 0]
  const versions = new Map<string, number[]>()
  await open.books.delivery.register(open.scope, { name: 'mail' }, async ({ subject, aggregateversion }) => {
    if (isDown) {
      probes += 1
      throw new Error('down')
    }
    versions.set(subject, [...(versions.get(subject) ?? []), aggregateversion])
  })
  for (let number = 0; number < 40; number += 1) await renamed(open, `Kundi ${number}`, 4)
  const dispatcher = createDispatcher(open.ports)
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    await dispatcher.flush()
    open.clock.advance(MINUTE_MS)
  }
  expect(probes).toBeLessThanOrEqual(300)
  isDown = false
  open.clock.advance(10 * MINUTE_MS)
  await dispatcher.flush()
  await dispatcher.flush()
  expect([...versions.values()]).toEqual(Array.from({ length: 40 }, () => [1, 2, 3, 4, 5]))
})

test('outcomes that are being stored do not hold up sending, and at most two batches are in flight', async () => {
  const open = openDelivery()
  const written = Promise.withResolvers<void>()
  const eighth = Promise.withResolvers<void>()
  const heard: string[] = []
  await open.books.delivery.register(open.scope, { name: 'mail' }, async ({ id }) => {
    if (heard.push(id) === 8) eighth.resolve()
  })
  for (let number = 0; number < 12; number += 1) await renamed(open, `Kundi ${number}`, 0)
  const dispatch = { ...open.ports.dispatch }
  dispatch.settle = (outcomes) => written.promise.then(() => open.ports.dispatch.settle(outcomes))
  const flushed = createDispatcher({ ...open.ports, dispatch }, { batchSize: 4 }).flush()
  await eighth.promise
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toHaveLength(8)
  written.resolve()
  expect(await flushed).toMatchObject({ processed: 12 })
})

test('stop gives up the shards, so that another dispatcher can take them at once', async () => {
  const open = openDelivery()
  await open.books.delivery.register(open.scope, { name: 'mail' }, async () => {})
  const first = createDispatcher(open.ports)
  await first.flush()
  await renamed(open, 'Usafiri', 0)
  await first.stop()
  expect(await createDispatcher(open.ports).flush()).toMatchObject({ processed: 1 })
})

test('a dispatcher that has stopped leases no shard again when its last attempt ends', async () => {
  const open = openDelivery()
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await open.books.delivery.register(open.scope, { name: 'mail' }, () => {
    begun.resolve()
    return gate.promise
  })
  await renamed(open, 'Usafiri', 0)
  let leases = 0
  const lease: Ports['dispatch']['lease'] = (request) => {
    leases += 1
    return open.ports.dispatch.lease(request)
  }
  const { timer } = createMemoryAdapters()
  const sleep: Timer['sleep'] = (ms) => (ms === 0 ? timer : open.ports.timer).sleep(ms)
  const dispatch = { ...open.ports.dispatch, lease }
  const dispatcher = createDispatcher({ ...open.ports, dispatch, timer: { ...open.ports.timer, sleep } })
  const running = dispatcher.run()
  await begun.promise
  await dispatcher.stop(0)
  leases = 0
  gate.resolve()
  await running
  expect(leases).toBe(0)
})

test('a dispatcher that runs delivers the event of a commit without being asked', async () => {
  const open = openDelivery()
  const heard = Promise.withResolvers<string>()
  await open.books.delivery.register(open.scope, { name: 'mail' }, async ({ type }) => heard.resolve(type))
  const dispatcher = createDispatcher(open.ports)
  const running = dispatcher.run()
  await renamed(open, 'Usafiri', 0)
  expect(await heard.promise).toBe('category.created')
  await dispatcher.stop()
  await running
})

test('B15 the options of the commands keep their names and values', () => {
  expect(outboxProfile()).toEqual({
    batchSize: 100,
    pollMs: 30_000,
    timeoutMs: 30_000,
    retryScheduleMs: [60_000, 120_000, 240_000],
  })
  expect(outboxProfile({ batch_size: 50 }).batchSize).toBe(50)
})

test('a flush does not end with a claim that may miss late commits, even if the last delivery was settled meanwhile', async () => {
  const open = openDelivery()
  await open.books.delivery.register(open.scope, { name: 'mail' }, async () => {})
  await renamed(open, 'Usafiri', 0)
  await renamed(open, 'Kahawa', 0)
  const { dispatch } = open.ports
  const claim: typeof dispatch.claim = async (request) => {
    if (request.mayMissLateCommits !== true) {
      return dispatch.claim({ ...request, wanted: request.wanted.map((one) => ({ ...one, limit: 1 })) })
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    return []
  }
  const ports: Ports = {
    ...open.ports,
    dispatch: { ...dispatch, claim },
    timer: createMemoryAdapters().timer,
  }
  expect(await createDispatcher(ports).flush()).toMatchObject({ processed: 2 })
})

describe('a dispatcher that is not woken', () => {
  /** The durations of its rests. Only the test wakes it. */
  async function rests(isHeard: boolean, pollMs: number) {
    const open = openDelivery()
    await open.books.delivery.register(open.scope, { name: 'mail' }, async () => {})
    const slept: number[] = []
    const { timer } = createMemoryAdapters()
    const third = Promise.withResolvers<void>()
    const ports: Ports = {
      ...open.ports,
      wakeUps: { ...open.ports.wakeUps, isHeard: async () => isHeard },
      timer: {
        elapsedMs: timer.elapsedMs,
        sleep(durationMs) {
          if (slept.push(durationMs) === 3) third.resolve()
          return timer.sleep(slept.length < 3 ? 0 : durationMs)
        },
      },
    }
    const dispatcher = createDispatcher(ports, { pollMs })
    const running = dispatcher.run()
    await third.promise
    await dispatcher.stop()
    await running
    return slept
  }

  test('F34 looks every second where wake-ups are not heard', async () => {
    expect((await rests(false, 30_000)).slice(1, 3)).toEqual([1_000, 1_000])
  })

  test.each([
    [30_000, 3_750],
    [500, 500],
  ])('that polls every %i ms rests so long, but at most an eighth of the lease', async (pollMs, restMs) => {
    expect(await rests(true, pollMs)).toContain(restMs)
  })
})
