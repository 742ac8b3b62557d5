import type {
  Claimed,
  DeliveryQueries,
  DispatchStore,
  HeldShard,
  Outcome,
  Subscription,
} from '@daftari/application'
import { freshId } from '../builders/fresh.ts'
import { accepting, called } from '../kernel/sabotage/constraints.ts'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository, onTransactions } from '../kernel/sabotage/transactions.ts'

const EVERYTHING = { subscriptionName: null, status: null, eventType: null }

function onDispatch(replace: (store: DispatchStore) => Partial<DispatchStore>): Saboteur {
  return (ports) => overlay(ports, { dispatch: overlay(ports.dispatch, replace(ports.dispatch)) })
}

function onDesk(replace: (desk: DeliveryQueries) => Partial<DeliveryQueries>): Saboteur {
  return (ports) => overlay(ports, { delivery: overlay(ports.delivery, replace(ports.delivery)) })
}

function claiming(change: (claimed: readonly Claimed[]) => readonly Claimed[]): Saboteur {
  return onDispatch((store) => ({ claim: async (request) => change(await store.claim(request)) }))
}

function settling(change: (outcomes: readonly Outcome[]) => readonly Outcome[]): Saboteur {
  return onDispatch((store) => ({ settle: (outcomes) => store.settle(change(outcomes)) }))
}

/** Gives once more what is under way. */
const forgetful: Saboteur = (ports) => {
  const underWay = new Set<Claimed>()
  return onDispatch((store) => ({
    async claim(request) {
      const isAsked = ({ subscriptionId, shard, token }: Claimed): boolean =>
        request.wanted.some((wanted) => wanted.subscriptionId === subscriptionId) &&
        request.shards.some((held) => held.shard === shard && held.token === token)
      const again = [...underWay].filter(isAsked)
      const claimed = await store.claim(request)
      for (const one of claimed) underWay.add(one)
      return [...again, ...claimed]
    },
    settle(outcomes) {
      for (const { claimed } of outcomes) underWay.delete(claimed)
      return store.settle(outcomes)
    },
  }))(ports)
}

/** Takes a token that is over for one that counts. */
const withoutFence: Saboteur = (ports) => {
  const latest = new Map<number, bigint>()
  return onDispatch((store) => ({
    async lease(request) {
      const lease = await store.lease(request)
      for (const { shard, token } of lease.shards) latest.set(shard, token)
      return lease
    },
    async settle(outcomes) {
      const isOver = ({ claimed: { shard, token } }: Outcome): boolean =>
        (latest.get(shard) ?? token) !== token
      return (await store.settle(outcomes)) + outcomes.filter(isOver).length
    },
  }))(ports)
}

/** Takes shards for whoever claims under a token that was given back. */
const withoutHolder: Saboteur = (ports) => {
  const held = new Map<string, readonly HeldShard[]>()
  const left = new Set<string>()
  return onDispatch((store) => ({
    async lease(request) {
      const lease = await store.lease(request)
      held.set(request.holder, lease.shards)
      return lease
    },
    async leave(holder) {
      for (const { shard, token } of held.get(holder) ?? []) left.add(`${shard} ${token}`)
      await store.leave(holder)
    },
    async claim(request) {
      if (!request.shards.some(({ shard, token }) => left.has(`${shard} ${token}`)))
        return store.claim(request)
      const holder = freshId()
      const { shards } = await store.lease({ holder, leaseMs: 60_000, giveUp: [], takesNewTokens: false })
      const claimed = await store.claim({ ...request, shards })
      await store.leave(holder)
      return claimed
    },
  }))(ports)
}

/** Gives, beside what was lost, what follows it. */
const withFollowers: Saboteur = (ports) => {
  const { delivery } = ports
  return onDispatch((store) => ({
    async claim(request) {
      const claimed = await store.claim(request)
      const [one] = claimed
      if (one === undefined || one.lost === 0) return claimed
      const rows = await delivery.list(one.ownerId, EVERYTHING, { after: null, limit: 100 })
      const following = rows.filter(
        ({ aggregateId, aggregateVersion }) =>
          aggregateId === one.event.aggregateId && aggregateVersion > one.event.aggregateVersion,
      )
      const as = (aggregateVersion: number): Claimed => ({
        ...one,
        event: { ...one.event, aggregateVersion },
      })
      return [one, ...following.map((row) => as(row.aggregateVersion))]
    },
  }))(ports)
}

/** Writes every subscriber every event, and does not say so. */
const deafToTypes: Saboteur = (ports) => {
  const asked = new Map<string, readonly string[]>()
  const asAsked = (one: Subscription): Subscription => ({
    ...one,
    eventTypes: asked.get(one.id) ?? one.eventTypes,
  })
  const sabotaged = onRepository('subscriptions', (subscriptions) => ({
    insert(subscription) {
      asked.set(subscription.id, subscription.eventTypes)
      subscriptions.insert({ ...subscription, eventTypes: ['*'] })
    },
    async lockByName(name) {
      const known = await subscriptions.lockByName(name)
      return known === null ? null : asAsked(known)
    },
  }))(ports)
  return onDesk((desk) => ({
    subscriptions: async (ownerId) => (await desk.subscriptions(ownerId)).map(asAsked),
  }))(sabotaged)
}

/** Does not wait for another transaction that asked before. */
const unlocked: Saboteur = (ports) => {
  let open = 0
  return onTransactions(() => {
    open += 1
    const isContended = open > 1
    return {
      wrap: (tx) => ({
        subscriptions: overlay(tx.subscriptions, {
          lockByName: async (name) => (isContended ? null : tx.subscriptions.lockByName(name)),
        }),
      }),
      end() {
        open -= 1
      },
    }
  })(ports)
}

/** Tells of what is for the audit only. */
const gossiping: Saboteur = (ports) => {
  const { history } = ports.queries
  return onDesk((desk) => ({
    async list(ownerId, filter, page) {
      const rows = await desk.list(ownerId, filter, page)
      const [told] = await history.list(ownerId, 'settings', ownerId, { before: null, limit: 1 })
      if (told === undefined) return rows
      const { id: eventId, type: eventType, aggregateId, aggregateVersion, at } = told
      const delivery = { subscriptionId: freshId(), subscriptionName: filter.subscriptionName ?? '', eventId }
      const status = 'pending'
      const times = { attempts: 0, nextAttemptAt: at, lastError: null, createdAt: at }
      return [...rows, { ...delivery, eventType, aggregateId, aggregateVersion, status, ...times }]
    },
  }))(ports)
}

/** Keeps the deliveries of what was rolled back. */
const ghosts: Saboteur = (ports) => {
  let hasFailed = false
  const { unitOfWork, delivery } = ports
  return overlay(ports, {
    unitOfWork: overlay(unitOfWork, {
      transact: (scope, work) =>
        unitOfWork.transact(scope, work).catch((failure) => {
          hasFailed = true
          throw failure
        }),
    }),
    delivery: overlay(delivery, {
      async list(ownerId, filter, page) {
        const rows = await delivery.list(ownerId, filter, page)
        return hasFailed ? [...rows, ...rows] : rows
      },
    }),
  })
}

const countingTwice: Saboteur = (ports) => {
  const settled = new WeakSet<Claimed>()
  return onDispatch((store) => ({
    async settle(outcomes) {
      const again = outcomes.filter(({ claimed }) => settled.has(claimed)).length
      for (const { claimed } of outcomes) settled.add(claimed)
      return (await store.settle(outcomes)) + again
    },
  }))(ports)
}

const FAILURES_IN_A_ROW = 10

const released = ({ claimed, at, durationMs }: Outcome): Outcome => ({
  claimed,
  at,
  durationMs,
  result: 'released',
})

const isReleased = ({ result }: Outcome): boolean => result === 'released'

/** For every case of delivery a way to break an adapter so that this case fails. */
export const deliverySaboteurs: Saboteurs = {
  'gives one delivery for each event and each subscription that wants it, written with the event':
    deafToTypes,
  'gives who wants everything no event that is for the audit only': gossiping,
  'names the subscriptions that have something due, and are neither paused nor shut off': (ports) => {
    const ids: string[] = []
    const noting = onRepository('subscriptions', (subscriptions) => ({
      insert(subscription) {
        ids.push(subscription.id)
        subscriptions.insert(subscription)
      },
    }))(ports)
    return onDispatch((store) => ({
      waiting: async (limit) => (limit > ids.length ? ids : store.waiting(limit)),
    }))(noting)
  },
  'names those that wait in turn, where it names some of them': onDispatch((store) => ({
    waiting: async (limit) => (await store.waiting(1_000_000)).toSorted().slice(0, limit),
  })),
  'gives nothing of an event that was rolled back': ghosts,
  'gives the very record of the event, of whatever owner': claiming((claimed) =>
    claimed.map((one) => ({ ...one, event: { ...one.event, body: `${one.event.body} ` } })),
  ),
  'counts an attempt at the claim, and takes it back when it was not begun': settling((outcomes) =>
    outcomes.every(isReleased) ? [] : outcomes,
  ),
  'passes over what is under way, and what follows it': forgetful,
  'gives no later event of an aggregate before the earliest is finished, and all others': settling(
    (outcomes) =>
      outcomes.map((outcome) => (outcome.result === 'failed' ? { ...outcome, retryInMs: 0 } : outcome)),
  ),
  'gives no more than is wanted, the earliest versions': onDispatch((store) => ({
    claim: (request) =>
      store.claim({
        ...request,
        wanted: request.wanted.map(({ subscriptionId }) => ({ subscriptionId, limit: 100 })),
      }),
  })),
  'never gives what was delivered, and keeps its attempt': onDesk((desk) => ({
    attempts: async (...id) => ((await desk.find(...id))?.status === 'delivered' ? [] : desk.attempts(...id)),
  })),
  'F06 lets nothing count that was claimed under a token that is over': withoutFence,
  'gives what was lost alone, without what follows it': withFollowers,
  'lets an outcome count once': countingTwice,
  'gives nothing to who does not hold the shards': withoutHolder,
  'shares the shards out, each to one': onDispatch((store) => ({
    lease: async (request) => ({ ...(await store.lease(request)), surplus: 0 }),
  })),
  'parks what follows a dead delivery, and lets it go on when that is skipped': onRepository(
    'deliveries',
    (_, __, { ownerId }, { delivery }) => ({ skip: (...id) => delivery.find(ownerId, ...id) }),
  ),
  'leaves a subscription alone after ten failures in a row': settling((outcomes) =>
    outcomes.length < FAILURES_IN_A_ROW ? outcomes : outcomes.map(released),
  ),
  'makes due at once what failed, and what is dead only when that is asked for': onDispatch((store) => ({
    retryFailed: () => store.retryFailed(false),
  })),
  'repairs nothing where nothing is missing, not even what was removed when its time was over': onDispatch(
    () => ({ repair: async () => 1 }),
  ),
  'removes what is finished and no other': onDispatch((store) => ({
    clean: (olderThanMs, limit) => store.clean(olderThanMs, limit, false),
  })),
  'finds a subscription by its name, also when it was removed': onRepository(
    'subscriptions',
    (subscriptions) => ({
      async lockByName(name) {
        const known = await subscriptions.lockByName(name)
        return known?.isRemoved === true ? null : known
      },
    }),
  ),
  'changes a subscription of the version that was read, and no other': accepting(
    'concurrent_change',
    (trace) => called(trace, 'subscriptions.update'),
  ),
  'lets one transaction at a time ask for a subscription': unlocked,
  'lists no subscription and no delivery of another owner': (ports) => {
    const owners = new Set<string>()
    const noting = onRepository('subscriptions', (subscriptions, _, { ownerId }) => ({
      insert(subscription) {
        owners.add(ownerId)
        subscriptions.insert(subscription)
      },
    }))(ports)
    return onDesk((desk) => ({
      async subscriptions() {
        return (await Promise.all([...owners].map((ownerId) => desk.subscriptions(ownerId)))).flat()
      },
    }))(noting)
  },
  'holds the deliveries of a paused subscription back, and gives them when it goes on': onRepository(
    'subscriptions',
    (subscriptions) => ({
      update: (subscription, version) => subscriptions.update({ ...subscription, isPaused: false }, version),
    }),
  ),
  'cancels what a removed subscription has not heard, and writes it nothing more': onRepository(
    'deliveries',
    () => ({ cancelAll: async () => undefined }),
  ),
  'sends what was delivered once more when that is asked for': onRepository(
    'deliveries',
    (_, __, { ownerId }, { delivery }) => ({ retry: (...id) => delivery.find(ownerId, ...id) }),
  ),
  'keeps every attempt of what is sent once more': onDesk((desk) => ({
    attempts: async (...id) => (await desk.attempts(...id)).slice(-1),
  })),
  'replays what is finished in a range of time, of the types asked for': onRepository(
    'deliveries',
    (deliveries) => ({ replay: (range) => deliveries.replay({ ...range, eventTypes: [] }) }),
  ),
  'counts what is on its way': onDesk((desk) => ({
    stats: async (ownerId) => ({ ...(await desk.stats(ownerId)), parked: 0 }),
  })),
}
