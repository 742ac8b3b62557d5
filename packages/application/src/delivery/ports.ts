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

/** The outcome of one attempt. An attempt that was cut off by a crash leaves none. */
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

/** Which finished deliveries are sent again. The range is of the event's own time and includes both bounds. */
export interface ReplayRange {
  readonly subscriptionName: string
  readonly from: Instant
  readonly to: Instant
  /** An empty list is all of them. */
  readonly eventTypes: readonly string[]
}

export interface DeliveryStats {
  readonly pending: number
  /** Pending, and its next attempt may be made now. */
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

/** Reads an owner's subscriptions and deliveries. Those of other owners are as good as absent. */
export interface DeliveryQueries {
  /** Sorted by name in code point order. Removed subscriptions are left out. */
  subscriptions(ownerId: string): Promise<readonly Subscription[]>
  /** Newest event first, then by subscription. The sort key of a page is the event's id, its id the subscription's. */
  list(ownerId: string, filter: DeliveryFilter, page: KeysetPage): Promise<readonly Delivery[]>
  find(ownerId: string, subscriptionId: string, eventId: string): Promise<Delivery | null>
  /** Every attempt that has an outcome, oldest first, with those from before the delivery was sent again. */
  attempts(ownerId: string, subscriptionId: string, eventId: string): Promise<readonly Attempt[]>
  /** Counts pending, due, failing, dead and parked deliveries. */
  stats(ownerId: string): Promise<DeliveryStats>
}

export interface SubscriptionRepository {
  /**
   * Finds a subscription by name, even after it was removed, or gives `null`. Lets one transaction of an owner at a time
   * hold the lock on its subscriptions: the next one waits here until this one ends.
   */
  lockByName(name: string): Promise<Subscription | null>
  insert(subscription: Subscription): void
  /**
   * Updates a subscription at the version that was read. A stale version makes `transact` throw `concurrent_change`. The
   * state of its breaker is the dispatcher's and stays as it is.
   */
  update(subscription: Subscription, expectedVersion: number): void
}

/** Changes deliveries on request. Each call first sends what was staged before it. */
export interface DeliveryRepository {
  /**
   * Makes the delivery pending and due at once, whatever its status, with all attempts before it again. Deliveries that were
   * parked behind it are resumed. A delivery in flight stays in flight. Gives the delivery after the change, or `null`.
   */
  retry(subscriptionId: string, eventId: string): Promise<Delivery | null>
  /**
   * Cancels a delivery that is pending, dead or parked, and resumes deliveries that were parked behind it. Otherwise
   * changes nothing. Gives the delivery after that, or `null`.
   */
  skip(subscriptionId: string, eventId: string): Promise<Delivery | null>
  /** Does what `retry` does to all finished deliveries in the range, and gives their number. */
  replay(range: ReplayRange): Promise<number>
  /** Cancels all deliveries of the subscription that are pending, dead or parked. */
  cancelAll(subscriptionId: SubscriptionId): Promise<void>
}

/** The repositories of this context in a transaction. */
export interface DeliveryTransaction {
  readonly subscriptions: SubscriptionRepository
  readonly deliveries: DeliveryRepository
}

/** The number of shards. The database has the same number in its schema. */
export const DISPATCH_SHARDS = 32

/** A shard is a fixed share of the aggregates. The dispatcher that holds its latest token may deliver their events. */
export interface HeldShard {
  readonly shard: number
  /** The fencing token: it rises whenever another dispatcher takes the shard, or its holder asks for new tokens. */
  readonly token: bigint
}

export interface LeaseRequest {
  readonly holder: string
  readonly leaseMs: number
  /** Shards that the holder gives up, so that other dispatchers can take them. */
  readonly giveUp: readonly number[]
  /** Gives the holder's shards new tokens, so that outcomes of earlier claims no longer count. */
  readonly takesNewTokens: boolean
}

export interface Lease {
  readonly shards: readonly HeldShard[]
  /** How many more shards the holder has than its share, now that other dispatchers are there. */
  readonly surplus: number
}

/** How many deliveries of one subscription to claim. */
export interface Wanted {
  readonly subscriptionId: string
  readonly limit: number
}

export interface ClaimRequest {
  readonly shards: readonly HeldShard[]
  readonly wanted: readonly Wanted[]
  /** The most deliveries of one aggregate. */
  readonly runLength: number
  /** How long the subscription is left alone while its probe is in flight. */
  readonly probeMs: number
  /** Where a complete search takes long, deliveries that were committed late may be left to a later claim. */
  readonly mayMissLateCommits?: boolean
}

/** A delivery in flight: its attempt was counted and is to be made now. */
export interface Claimed {
  readonly subscriptionId: string
  readonly ownerId: string
  readonly shard: number
  readonly token: bigint
  readonly attempts: number
  /** How many attempts failed, without probes. */
  readonly failures: number
  /** How many attempts in a row have no outcome, because the process died or lost its lease. */
  readonly lost: number
  /** Whether this attempt finds out if a subscription that was shut off works again. */
  readonly isProbe: boolean
  readonly event: EventRecord
}

export type Outcome = {
  readonly claimed: Claimed
  readonly at: Instant
  readonly durationMs: number
} & (
  | { readonly result: 'delivered' }
  /** The attempt was not begun, and does not count. */
  | { readonly result: 'released' }
  | { readonly result: 'failed'; readonly error: string; readonly retryInMs: number }
  | { readonly result: 'dead'; readonly error: string }
)

/**
 * The deliveries of all owners, for dispatchers. Time is measured by the store's own clock, which is the same for every
 * process. Each call is one transaction.
 */
export interface DispatchStore {
  /**
   * Renews the leases of the holder, and takes free shards up to its share. Divides the shards among dispatchers, each
   * shard held by one.
   */
  lease(request: LeaseRequest): Promise<Lease>
  /** Gives up all shards of the holder at once. */
  leave(holder: string): Promise<void>
  /**
   * Gives deliveries and counts an attempt of each. Claims nothing for a dispatcher that no longer holds the shards under
   * their latest tokens. Claims only due deliveries, of subscriptions that are neither paused nor shut off; of each
   * subscription and aggregate the earliest unfinished one and those directly after it, in order of version. Skips
   * deliveries that are in flight under the same token, and later ones of the same aggregate. Claims a lost delivery
   * alone, without later ones of its aggregate. Claims one delivery, the probe, of a subscription whose time of being shut
   * off is over.
   */
  claim(request: ClaimRequest): Promise<readonly Claimed[]>
  /**
   * Lists the subscriptions that have a due delivery and are neither paused nor shut off, at most `limit`. When there are
   * more, the next call goes on after the last one listed, so that each has its turn. Deliveries in flight may count as due.
   * A subscription without pending deliveries costs nothing.
   */
  waiting(limit: number): Promise<readonly string[]>
  /**
   * Stores the outcomes of claims and gives how many of them counted. Ignores outcomes of claims made under an expired token.
   * Counts each outcome once. Parks deliveries behind a dead one of the same aggregate. Ten failures in a row shut the
   * subscription off for a while, and a success makes all its waiting deliveries due.
   */
  settle(outcomes: readonly Outcome[]): Promise<number>
  /**
   * How many due deliveries a dispatcher for these subscriptions cannot claim: those of a subscription that is not among
   * them, is paused or is shut off.
   */
  unclaimable(subscriptionIds: readonly string[]): Promise<number>
  /** Makes failed deliveries due at once, and dead ones only with `isDead`. Gives their number. */
  retryFailed(isDead: boolean): Promise<number>
  /** Removes finished deliveries that are older, at most `limit`, and no others. Gives how many it removed, or would remove. */
  clean(olderThanMs: number, limit: number, isDryRun: boolean): Promise<number>
  /**
   * Writes the deliveries that are missing for events of the last `sinceMs` milliseconds, and gives their number. Only a
   * change of the tables by other means makes one missing; a delivery that `clean` removed is not. Also cancels deliveries
   * that a change under way has written to a subscription while that was removed.
   */
  repair(sinceMs: number): Promise<number>
  stats(): Promise<DeliveryStats>
}

/** What a handler gets beside the event. */
export interface Arrival {
  readonly ownerId: string
  readonly eventId: string
  readonly attempt: number
}

/** Sends one event to one subscriber. Rejects when the event did not arrive. */
export type Send = (record: EventRecord, arrival: Arrival) => Promise<void>

/** The subscribers that this process can send to, by subscription. */
export interface Senders {
  set(subscriptionId: string, send: Send): void
  delete(subscriptionId: string): void
  get(subscriptionId: string): Send | null
  ids(): readonly string[]
}

/** Tells dispatchers that there may be new deliveries. */
export interface WakeUps {
  /** Calls the listener soon after commits, once for several. Gives the function that unsubscribes. */
  subscribe(listener: () => void): () => void
  /**
   * Whether this process is told of commits of other processes. Behind a pooler in transaction mode it is not. Finds out by
   * a notification to itself, which takes two seconds when none arrives.
   */
  isHeard(): Promise<boolean>
}

export interface DeliveryPorts {
  readonly delivery: DeliveryQueries
  readonly dispatch: DispatchStore
  readonly senders: Senders
  readonly wakeUps: WakeUps
}
