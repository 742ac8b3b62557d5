import assert from 'node:assert/strict'
import type { Claimed, Delivery, DispatchStore, HeldShard, Outcome, ReplayRange } from '@daftari/application'
import type { CategoryId, Subscription } from '@daftari/domain'
import type { Contract, Harness } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, look, type OwnerBooks } from '../kernel/steps.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'
import { aSubscription } from './subscription-states.ts'

const LEASE_MS = 60_000

export async function subscribed(
  books: OwnerBooks,
  overrides: Partial<Subscription> = {},
): Promise<Subscription> {
  const subscription = aSubscription(overrides)
  await change(books, (tx) => tx.subscriptions.insert(subscription))
  return subscription
}

/** Stores the next version of the subscription, with these fields changed. */
export async function changed(
  books: OwnerBooks,
  subscription: Subscription,
  fields: Partial<Subscription>,
): Promise<Subscription> {
  const next = { ...subscription, ...fields, version: subscription.version + 1 }
  await change(books, (tx) => tx.subscriptions.update(next, subscription.version))
  return next
}

export function removed(books: OwnerBooks, subscription: Subscription): Promise<void> {
  const next = { ...subscription, isRemoved: true, version: subscription.version + 1 }
  return change(books, (tx) => {
    tx.subscriptions.update(next, subscription.version)
    return tx.deliveries.cancelAll(subscription.id)
  })
}

export function retried(
  books: OwnerBooks,
  subscriptionId: string,
  eventId: string,
): Promise<Delivery | null> {
  return look(books, (tx) => tx.deliveries.retry(subscriptionId, eventId))
}

export function skipped(
  books: OwnerBooks,
  subscriptionId: string,
  eventId: string,
): Promise<Delivery | null> {
  return look(books, (tx) => tx.deliveries.skip(subscriptionId, eventId))
}

export function replayed(books: OwnerBooks, range: ReplayRange): Promise<number> {
  return look(books, (tx) => tx.deliveries.replay(range))
}

/** Appends so many events of one category, and gives its id. */
export async function appended(
  books: OwnerBooks,
  count: number,
  id: CategoryId = freshId(),
): Promise<CategoryId> {
  const events = Array.from({ length: count }, (_, index) => {
    const after = aCategory({ id, version: index + 1 })
    return categoryEvent(index === 0 ? 'category.created' : 'category.updated', { after })
  })
  await change(books, (tx) => tx.events.append(events))
  return id
}

const holders = new WeakMap<DispatchStore, string[]>()

/** All cases share the shards: after each case its holders give up theirs, so that the next case finds them free. */
export function releasingShards(contract: Contract): Contract {
  const cases = contract.cases.map(({ name, run }) => ({
    name,
    async run(harness: Harness) {
      const { dispatch } = harness.ports
      holders.set(dispatch, [])
      try {
        await run(harness)
      } finally {
        for (const holder of holders.get(dispatch) ?? []) await dispatch.leave(holder)
      }
    },
  }))
  return { ...contract, cases }
}

export async function held({ ports }: OwnerBooks, holder: string = freshId()): Promise<readonly HeldShard[]> {
  holders.get(ports.dispatch)?.push(holder)
  return (await ports.dispatch.lease({ holder, leaseMs: LEASE_MS, giveUp: [], takesNewTokens: false })).shards
}

interface ClaimSize {
  readonly limit?: number
  readonly runLength?: number
}

export function claimed(
  { ports }: OwnerBooks,
  shards: readonly HeldShard[],
  { id }: Subscription,
  { limit = 100, runLength = 10 }: ClaimSize = {},
): Promise<readonly Claimed[]> {
  return ports.dispatch.claim({
    shards,
    wanted: [{ subscriptionId: id, limit }],
    runLength,
    probeMs: LEASE_MS,
  })
}

export function outcome(one: Claimed, result: Outcome['result'], retryInMs = 0): Outcome {
  const attempt = { claimed: one, at: at('2026-11-21T09:00:00.000Z'), durationMs: 5 }
  if (result === 'failed') return { ...attempt, result, error: 'refused', retryInMs }
  return result === 'dead' ? { ...attempt, result, error: 'refused' } : { ...attempt, result }
}

export function settle(
  { ports }: OwnerBooks,
  result: Outcome['result'],
  list: readonly Claimed[],
  retryInMs = 0,
): Promise<number> {
  return ports.dispatch.settle(list.map((one) => outcome(one, result, retryInMs)))
}

/** Sorted by version. */
export async function deliveries(
  { ports, ownerId }: OwnerBooks,
  { name }: Subscription,
): Promise<readonly Delivery[]> {
  const filter = { subscriptionName: name, status: null, eventType: null }
  const rows = await ports.delivery.list(ownerId, filter, { after: null, limit: 100 })
  return [...rows].sort((a, b) => a.aggregateVersion - b.aggregateVersion)
}

export async function statuses(books: OwnerBooks, subscription: Subscription): Promise<readonly string[]> {
  return (await deliveries(books, subscription)).map(({ status }) => status)
}

export function versions(list: readonly Claimed[]): readonly number[] {
  return list.map(({ event }) => event.aggregateVersion).sort((a, b) => a - b)
}

/** Fails when nothing was claimed. */
export function firstEventId([first]: readonly Claimed[]): string {
  assert.ok(first, 'nothing was claimed')
  return first.event.id
}
