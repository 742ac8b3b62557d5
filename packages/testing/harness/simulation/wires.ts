import {
  type Claimed,
  createDispatcher,
  type Dispatcher,
  type DispatchStore,
  inProcessSenders,
  type Outcome,
} from '@daftari/application'
import type { MemoryAdapters } from '../../src/index.ts'
import { type Bug, flawedTimer } from './bugs.ts'
import type { Witness } from './witness.ts'
import type { Actor, World } from './world.ts'

/** How bad the world is for a while. */
export interface Weather {
  isDatabaseDown: boolean
  failing: number
  lostReplies: number
  doubled: number
  slownessMs: number
}

export const CALM: Readonly<Weather> = {
  isDatabaseDown: false,
  failing: 0,
  lostReplies: 0,
  doubled: 0,
  slownessMs: 20,
}

export interface Place {
  readonly world: World
  readonly weather: Weather
  readonly witness: Witness
  readonly ports: MemoryAdapters
  readonly dispatch: DispatchStore
  readonly subscriptions: readonly string[]
  readonly bug: Bug
}

const TIMEOUT_MS = 10_000

/** A dispatcher in a process of its own, behind a network. */
export function dispatcherIn(place: Place, actor: Actor): Dispatcher {
  const { world, ports, bug } = place
  const { senders, dispatch } = wired(place, actor)
  const timer = flawedTimer(world.timerOf(actor), bug)
  return createDispatcher(
    { ...ports, dispatch, senders, clock: world.clock, timer, random: world.random },
    {
      batchSize: 20,
      timeoutMs: TIMEOUT_MS,
      retryScheduleMs: Array.from({ length: 40 }, (_, index) => Math.min(500 * 2 ** index, 20_000)),
      concurrency: 4,
      concurrencyPerSubscription: 3,
    },
  )
}

function wired(place: Place, actor: Actor) {
  const { world, weather, witness, dispatch, subscriptions } = place
  const claims = new Map<string, Claimed>()

  /** Lost on the way there, or on the way back; or it arrives twice. */
  async function call<Answer>(work: () => Promise<Answer>, mayDouble = false): Promise<Answer> {
    await world.turn(actor, weather.slownessMs)
    if (weather.isDatabaseDown) throw new Error('the database is down')
    if (mayDouble && world.chance() < weather.doubled) await work()
    const answer = await work()
    await world.turn(actor, weather.slownessMs)
    if (world.chance() < weather.lostReplies) throw new Error('the answer was lost')
    return answer
  }

  const senders = inProcessSenders()
  for (const subscriptionId of subscriptions) {
    senders.set(subscriptionId, async (_, { eventId }) => {
      const claimed = claims.get(`${subscriptionId} ${eventId}`)
      if (claimed === undefined) throw new Error('what is sent was claimed')
      witness.begins(claimed)
      await world.turn(actor, weather.slownessMs * 20)
      if (world.chance() < weather.failing) throw new Error('refused')
      witness.arrives(subscriptionId, claimed.event)
      if (world.chance() < weather.doubled) witness.arrives(subscriptionId, claimed.event)
      await world.turn(actor, weather.slownessMs * 20)
      if (world.chance() < weather.lostReplies) throw new Error('the answer was lost')
    })
  }
  return { senders, dispatch: { ...dispatch, ...watched() } }

  function watched(): Pick<DispatchStore, 'lease' | 'claim' | 'settle' | 'leave'> {
    return {
      leave: (holder) => call(() => dispatch.leave(holder)),
      lease: (request) =>
        call(async () => {
          const lease = await dispatch.lease(request)
          witness.leased(lease.shards)
          return lease
        }),
      async claim(request) {
        const claimed = await call(() => dispatch.claim(request))
        for (const one of claimed) claims.set(`${one.subscriptionId} ${one.event.id}`, one)
        return claimed
      },
      settle: (outcomes) => call(() => settle(outcomes), true),
    }
  }

  async function settle(outcomes: readonly Outcome[]): Promise<number> {
    const before = await statuses(outcomes)
    const counted = await dispatch.settle(outcomes)
    witness.settles(outcomes, before, await statuses(outcomes))
    return counted
  }

  function statuses(outcomes: readonly Outcome[]): Promise<string[]> {
    return Promise.all(
      outcomes.map(async ({ claimed: { ownerId, subscriptionId, event } }) => {
        const row = await place.ports.delivery.find(ownerId, subscriptionId, event.id)
        return `${row?.status} ${row?.attempts} ${row?.nextAttemptAt}`
      }),
    )
  }
}
