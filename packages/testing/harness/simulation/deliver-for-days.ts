import {
  createDispatcher,
  type DispatchStore,
  type EventRecord,
  inProcessSenders,
} from '@daftari/application'
import type { CategoryId } from '@daftari/domain'
import { subscribed } from '../../src/delivery/delivery-steps.ts'
import { aCategory, categoryEvent, createMemoryAdapters } from '../../src/index.ts'
import { type Actor, World } from './world.ts'

const OWNER = '01890000-0000-7000-8000-00000000000a'
const HOUR_MS = 3_600_000
const STORE_MS = 5
const HANDLER_MS = 50
/** Of all that the dispatcher takes by default, the one thing that only costs time here is to look often. */
const OPTIONS = { pollMs: 30_000, leaseMs: 240_000 }

export interface Days {
  readonly events: number
  readonly aggregates: number
  /** At the beginning of each, as many events happen at once as in every other. */
  readonly hours: number
  /** What a subscriber does with an event, beside hearing it. */
  readonly subscribers: Readonly<Record<string, (event: EventRecord, world: World) => Promise<void>>>
  /** What changes an hour before the end. */
  readonly beforeTheEnd?: (heard: Readonly<Record<string, Heard>>) => void
}

/** What one subscriber has heard. */
export interface Heard {
  attempts: number
  /** Events that it took, by aggregate in the order in which they came. */
  readonly versions: Map<string, number[]>
  /** How long after its event each of them came, by event. */
  readonly delaysMs: Map<string, number>
}

/** Days of events, in simulated time, with one dispatcher that runs all the while. */
export async function deliverForDays(days: Days): Promise<Readonly<Record<string, Heard>>> {
  const world = new World(1)
  const actor: Actor = { isDead: false, pausedUntil: 0 }
  const ports = createMemoryAdapters({ clock: world.clock })
  const senders = inProcessSenders()
  const writtenAt = new Map<string, number>()
  const heard: Record<string, Heard> = {}
  for (const [name, take] of Object.entries(days.subscribers)) {
    const own: Heard = { attempts: 0, versions: new Map(), delaysMs: new Map() }
    heard[name] = own
    const { id } = await subscribed({ ports, ownerId: OWNER }, { name, createdAt: world.clock.now() })
    senders.set(id, async (event) => {
      own.attempts += 1
      await lasting(world, actor, HANDLER_MS)
      await take(event, world)
      const { aggregateId, aggregateVersion } = event
      own.versions.set(aggregateId, [...(own.versions.get(aggregateId) ?? []), aggregateVersion])
      own.delaysMs.set(event.id, world.nowMs - (writtenAt.get(event.id) ?? 0))
    })
  }
  const dispatch = distant(ports.dispatch, world, actor)
  const machine = { clock: world.clock, timer: world.timerOf(actor), random: world.random }
  const dispatcher = createDispatcher({ ...ports, ...machine, dispatch, senders }, OPTIONS)
  void dispatcher.run()
  for (let number = 0; number < days.events; number += 1) {
    const hour = Math.floor((number * days.hours) / days.events)
    world.at(hour * HOUR_MS, null, () => void happen(number, days.aggregates))
  }
  await world.play(days.hours * HOUR_MS, () => false)
  days.beforeTheEnd?.(heard)
  await world.play((days.hours + 1) * HOUR_MS, () => false)
  return heard

  async function happen(number: number, aggregates: number): Promise<void> {
    const version = 1 + Math.floor(number / aggregates)
    const id = `01890000-0000-7000-8000-${(number % aggregates).toString(16).padStart(12, '0')}` as CategoryId
    const event = categoryEvent(version === 1 ? 'category.created' : 'category.updated', {
      after: aCategory({ id, version }),
    })
    const scope = { ownerId: OWNER, actorId: 'amina', idempotency: null }
    const at = world.nowMs
    await ports.unitOfWork.transact(scope, async (tx) => tx.events.append([event]))
    const [last] = await ports.queries.history.list(OWNER, 'category', id, { before: null, limit: 1 })
    if (last !== undefined) writtenAt.set(last.id, at)
  }
}

function lasting(world: World, actor: Actor, durationMs: number): Promise<void> {
  return new Promise((go) => world.at(durationMs, actor, go))
}

/** The same store, on another machine. */
function distant(store: DispatchStore, world: World, actor: Actor): DispatchStore {
  return {
    ...store,
    async lease(request) {
      await lasting(world, actor, STORE_MS)
      return store.lease(request)
    },
    async claim(request) {
      await lasting(world, actor, STORE_MS)
      return store.claim(request)
    },
    async settle(outcomes) {
      await lasting(world, actor, STORE_MS)
      return store.settle(outcomes)
    },
  }
}
