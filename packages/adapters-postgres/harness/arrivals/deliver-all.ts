import { setTimeout as pause } from 'node:timers/promises'
import {
  createBooks,
  createDispatcher,
  DISPATCH_SHARDS,
  type Dispatcher,
  type EventView,
} from '@daftari/application'
import type { CategoryId } from '@daftari/domain'
import { aCategory, categoryEvent, freshId } from '@daftari/testing'
import pg from 'pg'
import { createPostgresAdapters, type PostgresAdapters } from '../../src/index.ts'

const BURST = 10
const WRITERS = 4
const PATIENCE_MS = 60_000
/** Short, so that shards are soon shared out; long beside any hold-up of a busy machine. */
const LEASE = { timeoutMs: 2000, leaseMs: 4000 }
const HOLDERS = `select count(distinct holder)::integer as holders from daftari.dispatch_shard`

export interface Arrivals {
  readonly events: number
  readonly arrived: number
  readonly duplicates: number
  readonly outOfOrder: number
  /** How many dispatchers brought any of them. */
  readonly takingPart: number
}

interface Journey {
  readonly url: string
  readonly events: number
  readonly dispatchers: number
}

/** Events in bursts of ten for each aggregate, brought by so many dispatchers while they are written; nothing goes wrong. */
export async function deliverAll({ url, events, dispatchers }: Journey): Promise<Arrivals> {
  const scope = { ownerId: freshId(), actorId: 'arrivals' }
  const seen = new Set<string>()
  const versions = new Map<string, number>()
  const takingPart = new Set<number>()
  let [duplicates, outOfOrder] = [0, 0]

  function hear({ id, subject, aggregateversion }: EventView, dispatcher: number): void {
    takingPart.add(dispatcher)
    if (seen.has(id)) duplicates += 1
    else if (aggregateversion !== (versions.get(subject) ?? 0) + 1) outOfOrder += 1
    seen.add(id)
    versions.set(subject, aggregateversion)
  }

  const all: {
    readonly ports: PostgresAdapters
    readonly dispatcher: Dispatcher
    readonly over: Promise<void>
  }[] = []
  try {
    for (let number = 0; number < dispatchers; number += 1) {
      const ports = createPostgresAdapters({ connectionString: url, maxConnections: 2 })
      await createBooks(ports).delivery.register(scope, { name: 'arrivals' }, async (event) =>
        hear(event, number),
      )
      const dispatcher = createDispatcher(ports, LEASE)
      all.push({ ports, dispatcher, over: dispatcher.run() })
    }
    await untilAllHold(url, dispatchers)
    await write(url, scope.ownerId, events)
    for (let last = -1; seen.size < events && seen.size > last; ) {
      last = seen.size
      const deadline = performance.now() + PATIENCE_MS
      while (seen.size < events && performance.now() < deadline && seen.size === last) await pause(20)
    }
  } finally {
    for (const { ports, dispatcher, over } of all) {
      await dispatcher.stop()
      await over
      await ports.close()
    }
  }
  return { events, arrived: seen.size, duplicates, outOfOrder, takingPart: takingPart.size }
}

/** Each share is as large as the largest need be, so that of ten dispatchers eight have one. */
export function holdersAmong(dispatchers: number): number {
  return Math.ceil(DISPATCH_SHARDS / Math.ceil(DISPATCH_SHARDS / dispatchers))
}

async function untilAllHold(url: string, dispatchers: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const deadline = performance.now() + PATIENCE_MS
    while ((await client.query(HOLDERS)).rows[0]?.holders < holdersAmong(dispatchers)) {
      if (performance.now() > deadline) throw new Error('the shards are not shared out')
      await pause(20)
    }
  } finally {
    await client.end()
  }
}

async function write(url: string, ownerId: string, events: number): Promise<void> {
  const { unitOfWork, close } = createPostgresAdapters({ connectionString: url, maxConnections: WRITERS })
  const scope = { ownerId, actorId: 'arrivals', idempotency: null }
  let left = events
  async function burst(): Promise<void> {
    while (left > 0) {
      const length = Math.min(BURST, left)
      left -= length
      const id = freshId<CategoryId>()
      const list = Array.from({ length }, (_, index) =>
        categoryEvent(index === 0 ? 'category.created' : 'category.updated', {
          after: aCategory({ id, version: index + 1 }),
        }),
      )
      await unitOfWork.transact(scope, async (tx) => tx.events.append(list))
    }
  }
  try {
    await Promise.all(Array.from({ length: WRITERS }, burst))
  } finally {
    await close()
  }
}
