import type { Claimed, HeldShard, Outcome, Subscription } from '@daftari/application'
import { freshId } from '../kernel/fresh.ts'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'
import { onDispatch, onQueries } from './delivery-sabotage.ts'

const EVERYTHING = { subscriptionName: null, status: null, eventType: null }

function claiming(change: (claimed: readonly Claimed[]) => readonly Claimed[]): Saboteur {
  return onDispatch((store) => ({ claim: async (request) => change(await store.claim(request)) }))
}

function settling(change: (outcomes: readonly Outcome[]) => readonly Outcome[]): Saboteur {
  return onDispatch((store) => ({ settle: (outcomes) => store.settle(change(outcomes)) }))
}

/** Claims deliveries that are in flight once more. */
const claimingInFlight: Saboteur = (ports) => {
  const inFlight = new Set<Claimed>()
  return onDispatch((store) => ({
    async claim(request) {
      const isRequested = ({ subscriptionId, shard, token }: Claimed): boolean =>
        request.wanted.some((wanted) => wanted.subscriptionId === subscriptionId) &&
        request.shards.some((held) => held.shard === shard && held.token === token)
      const again = [...inFlight].filter(isRequested)
      const claimed = await store.claim(request)
      for (const one of claimed) inFlight.add(one)
      return [...again, ...claimed]
    },
    settle(outcomes) {
      for (const { claimed } of outcomes) inFlight.delete(claimed)
      return store.settle(outcomes)
    },
  }))(ports)
}

/** Counts outcomes of claims made under an expired token. */
const withoutFence: Saboteur = (ports) => {
  const latest = new Map<number, bigint>()
  return onDispatch((store) => ({
    async lease(request) {
      const lease = await store.lease(request)
      for (const { shard, token } of lease.shards) latest.set(shard, token)
      return lease
    },
    async settle(outcomes) {
      const isExpired = ({ claimed: { shard, token } }: Outcome): boolean =>
        (latest.get(shard) ?? token) !== token
      return (await store.settle(outcomes)) + outcomes.filter(isExpired).length
    },
  }))(ports)
}

/** Claims for a dispatcher that gave up its shards, as if it held them still. */
const claimingWithoutLease: Saboteur = (ports) => {
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

/** Claims later deliveries of the aggregate together with a lost one. */
const claimingBehindLost: Saboteur = (ports) => {
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

/** Subscribes everybody to all event types, and shows the types that were given. */
const ignoringTypes: Saboteur = (ports) => {
  const given = new Map<string, readonly string[]>()
  const asGiven = (one: Subscription): Subscription => ({
    ...one,
    eventTypes: given.get(one.id) ?? one.eventTypes,
  })
  const sabotaged = onRepository('subscriptions', (subscriptions) => ({
    insert(subscription) {
      given.set(subscription.id, subscription.eventTypes)
      subscriptions.insert({ ...subscription, eventTypes: ['*'] })
    },
    async lockByName(name) {
      const known = await subscriptions.lockByName(name)
      return known === null ? null : asGiven(known)
    },
  }))(ports)
  return onQueries((queries) => ({
    subscriptions: async (ownerId) => (await queries.subscriptions(ownerId)).map(asGiven),
  }))(sabotaged)
}

/** Lists a delivery of an audit-only event. */
const deliveringAuditEvents: Saboteur = (ports) => {
  const { history } = ports.queries
  return onQueries((queries) => ({
    async list(ownerId, filter, page) {
      const rows = await queries.list(ownerId, filter, page)
      const [event] = await history.list(ownerId, 'settings', ownerId, { before: null, limit: 1 })
      if (event === undefined) return rows
      const { id: eventId, type: eventType, aggregateId, aggregateVersion, at } = event
      const delivery = { subscriptionId: freshId(), subscriptionName: filter.subscriptionName ?? '', eventId }
      const status = 'pending'
      const times = { attempts: 0, nextAttemptAt: at, lastError: null, createdAt: at }
      return [...rows, { ...delivery, eventType, aggregateId, aggregateVersion, status, ...times }]
    },
  }))(ports)
}

/** Lists deliveries of an event that was rolled back. */
const keepingRolledBack: Saboteur = (ports) => {
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

/** Counts an outcome that was stored before once more. */
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

/** For each case of claims, leases and upkeep, a way to break an adapter so that this case fails. */
export const dispatchSaboteurs: Saboteurs = {
  'writes one delivery for each event and each subscription to its type, with the event': ignoringTypes,
  'writes no delivery of an audit-only event, not even to a subscription to all types': deliveringAuditEvents,
  'lists the subscriptions that have a due delivery and are neither paused nor shut off': (ports) => {
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
  'lists subscriptions with a due delivery in turn when there are more than the limit': onDispatch(
    (store) => ({
      waiting: async (limit) => (await store.waiting(1_000_000)).toSorted().slice(0, limit),
    }),
  ),
  'writes no delivery of an event that was rolled back': keepingRolledBack,
  'claims each delivery with the exact record of its event, for every owner': claiming((claimed) =>
    claimed.map((one) => ({ ...one, event: { ...one.event, body: `${one.event.body} ` } })),
  ),
  'counts an attempt when a delivery is claimed, and takes it back when the delivery is released': settling(
    (outcomes) => (outcomes.every(isReleased) ? [] : outcomes),
  ),
  'skips deliveries that are in flight, and later ones of the same aggregate': claimingInFlight,
  'claims nothing after an unfinished delivery of an aggregate, and goes on with other aggregates': settling(
    (outcomes) =>
      outcomes.map((outcome) => (outcome.result === 'failed' ? { ...outcome, retryInMs: 0 } : outcome)),
  ),
  'claims no more deliveries than the limit, the earliest versions first': onDispatch((store) => ({
    claim: (request) =>
      store.claim({
        ...request,
        wanted: request.wanted.map(({ subscriptionId }) => ({ subscriptionId, limit: 100 })),
      }),
  })),
  'never claims again what was delivered, and keeps its attempt': onQueries((queries) => ({
    attempts: async (...id) =>
      (await queries.find(...id))?.status === 'delivered' ? [] : queries.attempts(...id),
  })),
  'F06 ignores outcomes of claims made under an expired token': withoutFence,
  'claims a lost delivery alone, without later ones of its aggregate': claimingBehindLost,
  'counts each outcome once': countingTwice,
  'claims nothing for a dispatcher that no longer holds the shards': claimingWithoutLease,
  'divides the shards among dispatchers, each shard held by one': onDispatch((store) => ({
    lease: async (request) => ({ ...(await store.lease(request)), surplus: 0 }),
  })),
  'parks deliveries behind a dead one of the same aggregate, and resumes them when it is skipped':
    onRepository('deliveries', (_, __, { ownerId }, { delivery }) => ({
      skip: (...id) => delivery.find(ownerId, ...id),
    })),
  'claims nothing of a subscription after ten failures in a row': settling((outcomes) =>
    outcomes.length < FAILURES_IN_A_ROW ? outcomes : outcomes.map(released),
  ),
  'makes failed deliveries due at once, and dead ones only on request': onDispatch((store) => ({
    retryFailed: () => store.retryFailed(false),
  })),
  'repairs nothing when no delivery is missing, and does not bring back what clean removed': onDispatch(
    () => ({ repair: async () => 1 }),
  ),
  'removes finished deliveries and no others': onDispatch((store) => ({
    clean: (olderThanMs, limit) => store.clean(olderThanMs, limit, false),
  })),
}
