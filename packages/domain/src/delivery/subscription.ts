import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import { type Decision, unchanged } from '../kernel/events/decision.ts'
import { created, type Fact, updated } from '../kernel/events/fact.ts'
import { firstVersion, nextVersion, type Recorded } from '../kernel/identity/recorded.ts'
import type { SubscriptionId } from './ids.ts'

/** Somebody of an owner who must hear of events. */
export interface Subscription extends Recorded {
  readonly id: SubscriptionId
  readonly name: string
  /** `*` alone is all of them. */
  readonly eventTypes: readonly string[]
  /** Paused: deliveries are still written, and wait. */
  readonly isPaused: boolean
  /** Removed: nothing is written any more. One of the same name takes its place, under the same id. */
  readonly isRemoved: boolean
  /** Since when its types of events are what they are. */
  readonly hearsSince: Instant
}

export type SubscriptionEvent = Fact<
  | 'subscription.created'
  | 'subscription.updated'
  | 'subscription.paused'
  | 'subscription.resumed'
  | 'subscription.removed',
  'subscription',
  Subscription
>

type Decided = Decision<Subscription, SubscriptionEvent>

export interface NewSubscription {
  readonly id: SubscriptionId
  readonly name: string
  readonly eventTypes: readonly string[]
  readonly at: Instant
  readonly by: string
}

/** A new subscription, or the one of that name with the event types given; one that was removed hears again from now on. */
export function subscribe(
  { id, name, eventTypes, at, by }: NewSubscription,
  known: Subscription | null,
): Decided {
  if (known === null) {
    const state: Subscription = {
      id,
      name,
      eventTypes,
      isPaused: false,
      isRemoved: false,
      hearsSince: at,
      ...firstVersion(at, by),
    }
    return { state, events: [created('subscription.created', 'subscription', state)] }
  }
  const isSame = `${known.eventTypes}` === `${eventTypes}`
  if (isSame && !known.isRemoved) return unchanged(known)
  const isPaused = known.isPaused && !known.isRemoved
  return became('subscription.updated', known, { eventTypes, isPaused, isRemoved: false, hearsSince: at }, at)
}

/** Holds the events back, or lets them go on. @throws not_found */
export function pauseSubscription(
  given: Subscription | null,
  isPaused: boolean,
  at: Instant,
  name: string,
): Decided {
  const known = requireStanding(given, name)
  if (known.isPaused === isPaused) return unchanged(known)
  return became(isPaused ? 'subscription.paused' : 'subscription.resumed', known, { isPaused }, at)
}

/** Ends a subscription: it hears nothing more. @throws not_found */
export function removeSubscription(given: Subscription | null, at: Instant, name: string): Decided {
  return became('subscription.removed', requireStanding(given, name), { isRemoved: true }, at)
}

function requireStanding(known: Subscription | null, name: string): Subscription {
  if (known === null || known.isRemoved) throw new DomainError('not_found', { kind: 'handler', id: name })
  return known
}

function became(
  type: SubscriptionEvent['type'],
  before: Subscription,
  change: Partial<Subscription>,
  at: Instant,
): Decided {
  const state = nextVersion({ ...before, ...change }, at)
  return { state, events: [updated(type, 'subscription', before, state)] }
}
