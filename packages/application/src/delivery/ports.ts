import type { Instant, Subscription, SubscriptionId } from '@daftari/domain'
import type { EventRecord } from '../kernel/events/event-record.ts'
import type { KeysetPage } from '../kernel/ports.ts'

export type DeliveryStatus = 'pending' | 'delivered' | 'dead' | 'parked' | 'cancelled'

/** One event on its way to one subscription. */
export interface Delivery {
  readonly subscriptionId: string
  readonly subscriptionName: string
  readonly eventId: string
  readonly eventType: string
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly status: DeliveryStatus
  /** Counted when the delivery is claimed, before anything is sent. */
  readonly attempts: number
  readonly nextAttemptAt: Instant
  readonly lastError: string | null
  readonly createdAt: Instant
}

/** What came of one attempt. One that was cut off by a crash has left none. */
export interface Attempt {
  readonly number: number
  readonly at: Instant
  readonly durationMs: number
  /** `null`: it arrived. */
  readonly error: string | null
}

export interface DeliveryFilter {
  readonly subscriptionName: string | null
  readonly status: DeliveryStatus | null
  readonly eventType: string | null
}

/** Which finished deliveries are to be sent once more; bounds are included, of the event's own time. */
export interface ReplayRange {
  readonly subscriptionName: string
  readonly from: Instant
  readonly to: Instant
  /** An empty list is all of them. */
  readonly eventTypes: readonly string[]
}

export interface DeliveryStats {
  readonly pending: number
  /** Pending, and not before its time. */
  readonly due: number
  /** Pending after an attempt that failed. */
  readonly failing: number
  readonly dead: number
  readonly parked: number
  /** When the oldest that is pending or parked was written. */
  readonly oldestAt: Instant | null
  /** How many are pending or parked, by event type. */
  readonly byType: Readonly<Record<string, number>>
}

/** An owner's subscriptions and deliveries. What is another owner's is as good as absent. */
export interface DeliveryDesk {
  /** By name in code point order, without those that were removed. */
  subscriptions(ownerId: string): Promise<readonly Subscription[]>
  /** Newest event first, then by subscription; the sort key is the event's id, the id the subscription's. */
  list(ownerId: string, filter: DeliveryFilter, page: KeysetPage): Promise<readonly Delivery[]>
  find(ownerId: string, subscriptionId: string, eventId: string): Promise<Delivery | null>
  /** Oldest first. */
  attempts(ownerId: string, subscriptionId: string, eventId: string): Promise<readonly Attempt[]>
  stats(ownerId: string): Promise<DeliveryStats>
}

export interface SubscriptionRepository {
  /**
   * The subscription of that name, also when it was removed, or `null`. No other transaction of the owner that asks for
   * one goes on until this one ends.
   */
  lockByName(name: string): Promise<Subscription | null>
  insert(subscription: Subscription): void
  /** A stale version makes `transact` throw `concurrent_change`. Leaves alone what the dispatcher notes beside it. */
  update(subscription: Subscription, expectedVersion: number): void
}

/** Deliveries as they are ordered about. Each call sends what was staged before it. */
export interface DeliveryRepository {
  /**
   * Makes the delivery due at once with all its attempts before it, whatever it was; what was parked behind it
   * goes on, and what is under way stays so. The delivery as it is then, or `null`.
   */
  retry(subscriptionId: string, eventId: string): Promise<Delivery | null>
  /** Cancels a delivery that did not arrive; what was parked behind it goes on. Otherwise changes nothing. */
  skip(subscriptionId: string, eventId: string): Promise<Delivery | null>
  /** As `retry`, of everything in the range that is finished. How many. */
  replay(range: ReplayRange): Promise<number>
  /** Cancels what was not delivered to the subscription, for good. */
  cancelAll(subscriptionId: SubscriptionId): Promise<void>
}

/** What a transaction has of this context. */
export interface DeliveryTransaction {
  readonly subscriptions: SubscriptionRepository
  readonly deliveries: DeliveryRepository
}

/** So many shares are the aggregates divided into. The database has the number in its schema. */
export const DISPATCH_SHARDS = 32

/** A share of the aggregates. Whoever holds it under its latest token may deliver them. */
export interface HeldShard {
  readonly shard: number
  /** Rises whenever the shard changes hands. */
  readonly token: bigint
}

export interface LeaseRequest {
  readonly holder: string
  readonly leaseMs: number
  /** Shards that the holder has finished with and gives to others. */
  readonly giveUp: readonly number[]
  /** Takes its own shards under new tokens: nothing that was claimed before counts any more. */
  readonly takesNewTokens: boolean
}

export interface Lease {
  readonly shards: readonly HeldShard[]
  /** How many the holder has above its share, now that others are here. */
  readonly surplus: number
}

/** How much of one subscription is wanted. */
export interface Wanted {
  readonly subscriptionId: string
  readonly limit: number
}

export interface ClaimRequest {
  readonly shards: readonly HeldShard[]
  readonly wanted: readonly Wanted[]
  /** How many of one aggregate at most. */
  readonly runLength: number
  readonly probeMs: number
  /** Where looking everywhere takes long, what was committed late may be left to one of the next claims. */
  readonly mayMissLateCommits?: boolean
}

/** A delivery whose attempt has been counted and is now to be made. */
export interface Claimed {
  readonly subscriptionId: string
  readonly ownerId: string
  readonly shard: number
  readonly token: bigint
  readonly attempts: number
  /** Attempts that failed, save those that only tried whether the subscriber is back. */
  readonly failures: number
  /** Attempts in a row that nothing was heard of. */
  readonly lost: number
  /** Made to try whether a subscriber that was down is back. */
  readonly isProbe: boolean
  readonly event: EventRecord
}

export type Outcome = {
  readonly claimed: Claimed
  readonly at: Instant
  readonly durationMs: number
} & (
  | { readonly result: 'delivered' }
  /** Not even begun: the attempt does not count. */
  | { readonly result: 'released' }
  | { readonly result: 'failed'; readonly error: string; readonly retryInMs: number }
  | { readonly result: 'dead'; readonly error: string }
)

/**
 * The deliveries of all owners, for the dispatcher. Its time is the store's own, the same for every process.
 * Each call is one transaction.
 */
export interface DispatchStore {
  /** Renews what the holder has, and takes what is free up to its share. */
  lease(request: LeaseRequest): Promise<Lease>
  /** Lets all of the holder's shards go at once. */
  leave(holder: string): Promise<void>
  /**
   * Counts an attempt of each delivery that it gives. Only shards held under their latest token; only deliveries
   * that are due, of subscriptions neither paused nor shut off; of each subscription and aggregate the earliest that
   * is unfinished, and right behind it those that follow, in order of version. Whatever is under way under the same
   * token is passed over; a delivery that was lost before comes alone. A subscription whose time to be left alone
   * is over gives one delivery, as a probe.
   */
  claim(request: ClaimRequest): Promise<readonly Claimed[]>
  /**
   * The subscriptions that have something due and are neither paused nor shut off, so many at most. Where there are
   * more, the next call goes on behind the last that was given, so that each has its turn. What is under way may be
   * among what is due. Costs nothing for a subscription that has nothing pending.
   */
  waiting(limit: number): Promise<readonly string[]>
  /**
   * Writes down what came of claims, and how many of them counted: a claim whose shard has another token by now, or
   * that was settled already, changes nothing. A dead delivery parks what follows it; failures in a row shut the
   * subscription off for a while, and a success makes everything of it due that had waited.
   */
  settle(outcomes: readonly Outcome[]): Promise<number>
  /** How many deliveries of these subscriptions are due and cannot be claimed by them alone: paused, shut off, or of nobody here. */
  unclaimable(subscriptionIds: readonly string[]): Promise<number>
  /** Makes what failed due at once; `isDead`: also what is dead. How many. */
  retryFailed(isDead: boolean): Promise<number>
  /** Removes finished deliveries that are older, so many at most. How many it removed, or would. */
  clean(olderThanMs: number, limit: number, isDryRun: boolean): Promise<number>
  /**
   * Writes the deliveries that events of the last so many milliseconds should have and have not, and says how many.
   * None, unless somebody reached into the tables: what was removed when its time was over is not missing. Also
   * cancels what a subscription that is removed was still given by a change that was under way.
   */
  repair(sinceMs: number): Promise<number>
  stats(): Promise<DeliveryStats>
}

/** What a handler is told about the event it gets. */
export interface Arrival {
  readonly ownerId: string
  readonly eventId: string
  readonly attempt: number
}

/** Sends one event to one subscriber. Rejects when it did not arrive. */
export type Send = (record: EventRecord, arrival: Arrival) => Promise<void>

/** Who can be sent to from this process. */
export interface Senders {
  set(subscriptionId: string, send: Send): void
  delete(subscriptionId: string): void
  get(subscriptionId: string): Send | null
  ids(): readonly string[]
}

/** Says that something was written that may have to be delivered. */
export interface WakeUps {
  /** Calls the listener soon after commits, not once for each. Gives the way to stop. */
  subscribe(listener: () => void): () => void
  /**
   * Whether this process hears of what others write. Behind a pooler that gives connections away between transactions,
   * nobody hears anything. Tries it, which takes two seconds where nothing is heard.
   */
  isHeard(): Promise<boolean>
}

export interface DeliveryPorts {
  readonly delivery: DeliveryDesk
  readonly dispatch: DispatchStore
  readonly senders: Senders
  readonly wakeUps: WakeUps
}
